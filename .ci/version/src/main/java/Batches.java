import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.DataSetPreProcessor;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/** Deeplearning4j's own iterators over lists change their package from version to version. */
final class Batches implements DataSetIterator {
    private final List<DataSet> batches;
    private Iterator<DataSet> left;

    Batches(List<DataSet> batches) {
        this.batches = batches;
        reset();
    }

    @Override
    public void reset() {
        left = batches.iterator();
    }

    @Override
    public boolean hasNext() {
        return left.hasNext();
    }

    @Override
    public DataSet next() {
        return left.next();
    }

    @Override
    public DataSet next(int examples) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int inputColumns() {
        return 2;
    }

    @Override
    public int totalOutcomes() {
        return 2;
    }

    @Override
    public boolean resetSupported() {
        return true;
    }

    @Override
    public boolean asyncSupported() {
        return false;
    }

    @Override
    public int batch() {
        return batches.get(0).numExamples();
    }

    @Override
    public void setPreProcessor(DataSetPreProcessor processor) {
        throw new UnsupportedOperationException();
    }

    @Override
    public DataSetPreProcessor getPreProcessor() {
        return null;
    }

    @Override
    public List<String> getLabels() {
        return Collections.emptyList();
    }
}
