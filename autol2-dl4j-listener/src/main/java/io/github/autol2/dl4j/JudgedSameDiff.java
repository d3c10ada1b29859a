package io.github.autol2.dl4j;

import io.github.autol2.dl4j.network.JudgedNetwork;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.TrainingConfig;
import org.nd4j.autodiff.samediff.VariableType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.GradientUpdater;

/**
 * A SameDiff network as held-out data see it. SameDiff's own losses are calculated for a batch at once; a network with another loss is
 * evaluated for one example at a time.
 */
record JudgedSameDiff(SameDiff network, SameDiffLoss loss) implements JudgedNetwork {

    @Override
    public boolean takesDataSets() {
        TrainingConfig config = network.getTrainingConfig();
        return isOne(config.getDataSetFeatureMapping()) && isOne(config.getDataSetLabelMapping());
    }

    private static boolean isOne(List<String> names) {
        return names != null && names.size() == 1;
    }

    @Override
    public Judgement judge(DataSet batch) {
        return SameDiffPass.quietly(network, () -> {
            Set<String> names = new LinkedHashSet<>();
            loss.predictions().ifPresent(names::add);
            Optional<List<ExampleLosses>> own = loss.ofExamples();
            own.ifPresent(losses -> losses.forEach(one -> names.addAll(one.variables())));
            Map<String, INDArray> values = values(batch, names);
            INDArray losses = own.map(all -> all.stream()
                            .map(one -> one.of(values::get))
                            .reduce(INDArray::add)
                            .orElseThrow())
                    .orElseGet(() -> oneAtATime(batch));
            Optional<INDArray> output = loss.predictions()
                    .map(values::get)
                    .filter(found -> found.rank() == 2 && found.equalShapes(batch.getLabels()))
                    .map(loss::output);
            return new Judgement(losses, output);
        });
    }

    private INDArray oneAtATime(DataSet batch) {
        return Nd4j.createFromArray(batch.asList().stream()
                .map(example -> (float) values(example, loss.names()).values().stream()
                        .mapToDouble(array -> array.sumNumber().doubleValue())
                        .sum())
                .toArray(Float[]::new));
    }

    /** SameDiff computes what depends on a batch only. */
    private Map<String, INDArray> values(DataSet batch, Collection<String> names) {
        Map<String, INDArray> given = SameDiffPass.placeholders(network, batch.toMultiDataSet());
        Map<String, INDArray> values = new HashMap<>();
        for (String name : names) {
            SDVariable variable = network.getVariable(name);
            if (given.containsKey(name)) {
                values.put(name, given.get(name));
            } else if (variable.getVariableType() != VariableType.ARRAY) {
                values.put(name, variable.getArr());
            }
        }
        String[] computed =
                names.stream().filter(name -> !values.containsKey(name)).toArray(String[]::new);
        if (computed.length > 0) {
            values.putAll(network.output(given, computed));
        }
        return values;
    }

    /** In the order of the names. What training leaves alone is among them. */
    @Override
    public List<INDArray> parameters() {
        Map<String, INDArray> arrays = new TreeMap<>();
        network.variables().stream()
                .filter(variable -> variable.getVariableType() == VariableType.VARIABLE
                        && variable.dataType().isFPType())
                .forEach(variable -> arrays.put(variable.name(), variable.getArr()));
        return List.copyOf(arrays.values());
    }

    @Override
    public List<INDArray> updaterState() {
        Map<String, INDArray> arrays = new TreeMap<>();
        if (network.getUpdaterMap() != null) {
            network.getUpdaterMap()
                    .forEach((variable, updater) ->
                            state(updater).forEach((name, values) -> arrays.put(variable + " " + name, values)));
        }
        return List.copyOf(arrays.values());
    }

    @SuppressWarnings({"rawtypes", "unchecked"}) // as SameDiff has its updaters
    private static Map<String, INDArray> state(GradientUpdater updater) {
        return updater.getState();
    }
}
