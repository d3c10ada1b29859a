package io.github.autol2.dl4j.onednn;

import io.github.autol2.dl4j.network.Deeplearning4jNames;
import java.util.Optional;
import org.nd4j.linalg.cpu.nativecpu.bindings.Nd4jCpu;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/** What ND4J's native code can do. Loads it. */
final class Natives {

    private Natives() {}

    /** Why they cannot serve helpers. */
    static Optional<String> obstacle() {
        Nd4j.getBackend(); // first, since NativeOpsHolder cannot start ND4J
        if (!NativeOpsHolder.getInstance().getDeviceNativeOps().buildInfo().contains("HAVE_ONEDNN")) {
            return Optional.of("the natives have no oneDNN; on x86-64 take " + Deeplearning4jNames.CPU_ARTIFACT + ":"
                    + Surroundings.VERSION
                    + " with the classifier of your platform and -onednn, such as linux-x86_64-onednn");
        }
        if (!Nd4jCpu.Environment.getInstance().isUseONEDNN()) {
            return Optional.of("ND4J's environment has oneDNN switched off");
        }
        return Optional.empty();
    }
}
