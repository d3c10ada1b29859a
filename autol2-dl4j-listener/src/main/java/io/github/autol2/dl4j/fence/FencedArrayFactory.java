package io.github.autol2.dl4j.fence;

import java.lang.ref.Reference;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Random;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.blas.Lapack;
import org.nd4j.linalg.api.blas.Level1;
import org.nd4j.linalg.api.blas.Level2;
import org.nd4j.linalg.api.blas.Level3;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.buffer.DataTypeEx;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.cpu.nativecpu.CpuNDArrayFactory;

/**
 * The CPU backend's array factory, for the native calls that pass by the executioner: shuffling, chosen rows, averages, sorting, BLAS.
 * Public because ND4J makes it by name; see {@link Fence}.
 */
public final class FencedArrayFactory extends CpuNDArrayFactory {

    /**
     * As ND4J makes it: the type and order of arrays that do not say.
     *
     * @param type  of arrays that do not say
     * @param order {@code 'c'} or {@code 'f'}
     */
    public FencedArrayFactory(DataType type, char order) {
        super(type, order);
    }

    @Override
    public void createLevel1() {
        super.createLevel1();
        level1 = fenced(Level1.class, level1);
    }

    @Override
    public void createLevel2() {
        super.createLevel2();
        level2 = fenced(Level2.class, level2);
    }

    @Override
    public void createLevel3() {
        super.createLevel3();
        level3 = fenced(Level3.class, level3);
    }

    @Override
    public void createLapack() {
        super.createLapack();
        lapack = fenced(Lapack.class, lapack);
    }

    @Override
    public INDArray[] tear(INDArray tensor, int... dimensions) {
        return KeepAlive.during(() -> super.tear(tensor, dimensions), tensor);
    }

    @Override
    public INDArray pullRows(INDArray source, INDArray destination, int dimension, long[] indices) {
        return KeepAlive.during(() -> super.pullRows(source, destination, dimension, indices), source, destination);
    }

    @Override
    public INDArray accumulate(INDArray target, INDArray... arrays) {
        return KeepAlive.during(() -> super.accumulate(target, arrays), target, arrays);
    }

    @Override
    public INDArray average(INDArray target, INDArray[] arrays) {
        return KeepAlive.during(() -> super.average(target, arrays), target, arrays);
    }

    @Override
    public void shuffle(List<INDArray> arrays, Random random, List<int[]> dimensions) {
        KeepAlive.during(() -> super.shuffle(arrays, random, dimensions), arrays);
    }

    @Override
    public INDArray convertDataEx(DataTypeEx from, INDArray source, DataTypeEx to) {
        return KeepAlive.during(() -> super.convertDataEx(from, source, to), source, source.data());
    }

    @Override
    public DataBuffer convertDataEx(DataTypeEx from, DataBuffer source, DataTypeEx to) {
        return KeepAlive.during(() -> super.convertDataEx(from, source, to), source);
    }

    @Override
    public void convertDataEx(DataTypeEx from, DataBuffer source, DataTypeEx to, DataBuffer target) {
        KeepAlive.during(() -> super.convertDataEx(from, source, to, target), source, target);
    }

    @Override
    public INDArray sort(INDArray array, boolean descending) {
        return KeepAlive.during(() -> super.sort(array, descending), array);
    }

    @Override
    public INDArray sort(INDArray array, boolean descending, int... dimensions) {
        return KeepAlive.during(() -> super.sort(array, descending, dimensions), array);
    }

    @Override
    public Pointer convertToNumpy(INDArray array) {
        return KeepAlive.during(() -> super.convertToNumpy(array), array);
    }

    private static <T> T fenced(Class<T> routines, T backend) {
        return routines.cast(Proxy.newProxyInstance(
                FencedArrayFactory.class.getClassLoader(), new Class<?>[] {routines}, (proxy, routine, arguments) -> {
                    try {
                        return routine.invoke(backend, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    } finally {
                        Reference.reachabilityFence(arguments);
                    }
                }));
    }
}
