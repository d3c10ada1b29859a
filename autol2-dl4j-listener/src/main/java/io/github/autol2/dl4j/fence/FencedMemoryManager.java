package io.github.autol2.dl4j.fence;

import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.cpu.nativecpu.CpuMemoryManager;

/** The CPU backend's memory manager, for copies between arrays. Public because ND4J makes it by name; see {@link Fence}. */
public final class FencedMemoryManager extends CpuMemoryManager {

    @Override
    public void memcpy(DataBuffer target, DataBuffer source) {
        KeepAlive.during(() -> super.memcpy(target, source), target, source);
    }

    @Override
    public void memset(INDArray array) {
        KeepAlive.during(() -> super.memset(array), array);
    }
}
