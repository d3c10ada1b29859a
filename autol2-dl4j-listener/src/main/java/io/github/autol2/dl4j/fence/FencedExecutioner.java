package io.github.autol2.dl4j.fence;

import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ndarray.INDArrayStatistics;
import org.nd4j.linalg.api.ops.BroadcastOp;
import org.nd4j.linalg.api.ops.CustomOp;
import org.nd4j.linalg.api.ops.IndexAccumulation;
import org.nd4j.linalg.api.ops.Op;
import org.nd4j.linalg.api.ops.OpContext;
import org.nd4j.linalg.api.ops.RandomOp;
import org.nd4j.linalg.api.ops.ReduceOp;
import org.nd4j.linalg.api.ops.ScalarOp;
import org.nd4j.linalg.api.ops.aggregates.Aggregate;
import org.nd4j.linalg.api.ops.aggregates.Batch;
import org.nd4j.linalg.api.ops.impl.scatter.ScatterUpdate;
import org.nd4j.linalg.api.rng.Random;
import org.nd4j.linalg.api.shape.LongShapeDescriptor;
import org.nd4j.linalg.api.shape.TadPack;
import org.nd4j.linalg.cpu.nativecpu.ops.CpuOpContext;
import org.nd4j.linalg.cpu.nativecpu.ops.NativeOpExecutioner;

/**
 * The CPU backend's executioner, whose every native call keeps what it was given reachable until it returns.
 *
 * <p>Public because ND4J makes it by name; see {@link Fence}. The overloads that are not here (an op without context, a variance, a
 * transform, a list of aggregates, the encoders) end in one that is; a test holds both against the compiled backend. As thread-safe as
 * what it extends.
 */
public final class FencedExecutioner extends NativeOpExecutioner {

    @Override
    public INDArray exec(Op op, OpContext context) {
        return KeepAlive.during(() -> super.exec(op, context), op, context, arrays(op), arrays(context));
    }

    @Override
    public INDArray exec(IndexAccumulation op, OpContext context) {
        return KeepAlive.during(() -> super.exec(op, context), op, context, arrays(op), arrays(context));
    }

    @Override
    public INDArray exec(ReduceOp op, OpContext context) {
        return KeepAlive.during(() -> super.exec(op, context), op, context, arrays(op), arrays(context));
    }

    @Override
    public INDArray exec(ScalarOp op, OpContext context) {
        return KeepAlive.during(() -> super.exec(op, context), op, context, arrays(op), arrays(context));
    }

    @Override
    public INDArray exec(BroadcastOp op, OpContext context) {
        return KeepAlive.during(() -> super.exec(op, context), op, context, arrays(op), arrays(context));
    }

    @Override
    public INDArray exec(RandomOp op, OpContext context, Random random) {
        return KeepAlive.during(
                () -> super.exec(op, context, random), op, context, random, arrays(op), arrays(context));
    }

    @Override
    public INDArray[] exec(CustomOp op, OpContext context) {
        return KeepAlive.during(() -> super.exec(op, context), op, context, arrays(context));
    }

    @Override
    public List<LongShapeDescriptor> calculateOutputShape(CustomOp op, OpContext context) {
        return KeepAlive.during(() -> super.calculateOutputShape(op, context), op, context, arrays(context));
    }

    @Override
    public <T extends Aggregate> void exec(Batch<T> batch) {
        KeepAlive.during(() -> super.exec(batch), batch);
    }

    @Override
    public void exec(Aggregate op) {
        KeepAlive.during(() -> super.exec(op), op);
    }

    @Override
    public void registerGraph(long id, Pointer graph) {
        KeepAlive.during(() -> super.registerGraph(id, graph), graph);
    }

    @Override
    public Map<String, INDArray> executeGraph(long id, Map<String, INDArray> arrays, Map<String, Integer> indices) {
        return KeepAlive.during(() -> super.executeGraph(id, arrays, indices), arrays, indices);
    }

    @Override
    public void scatterUpdate(
            ScatterUpdate.UpdateOp op, INDArray array, INDArray indices, INDArray updates, int[] axis) {
        KeepAlive.during(() -> super.scatterUpdate(op, array, indices, updates, axis), array, indices, updates);
    }

    @Override
    public INDArrayStatistics inspectArray(INDArray array) {
        return KeepAlive.during(() -> super.inspectArray(array), array);
    }

    @Override
    public TadPack tadShapeInfoAndOffsets(INDArray array, int[] dimension) {
        return KeepAlive.during(() -> super.tadShapeInfoAndOffsets(array, dimension), array);
    }

    @Override
    public String getString(DataBuffer buffer, long index) {
        return KeepAlive.during(() -> super.getString(buffer, index), buffer);
    }

    @Override
    public int useCount(DataBuffer buffer) {
        return KeepAlive.during(() -> super.useCount(buffer), buffer);
    }

    /** A context that lives to the end of the {@code try} it is made for; ND4J reads the state of its generator last. */
    @Override
    public OpContext buildContext() {
        return new CpuOpContext() {
            @Override
            public void close() {
                try {
                    super.close();
                } finally {
                    Reference.reachabilityFence(this);
                }
            }
        };
    }

    /** As given: an op may put another array in the place of one that native code still reads, such as a scalar exponent. */
    private static INDArray[] arrays(Op op) {
        return new INDArray[] {op.x(), op.y(), op.z()};
    }

    private static List<INDArray> arrays(OpContext context) {
        if (context == null) {
            return List.of();
        }
        List<INDArray> arrays = new ArrayList<>(context.getInputArrays());
        arrays.addAll(context.getOutputArrays());
        return arrays;
    }
}
