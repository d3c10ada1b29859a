package io.github.autol2.dl4j.network;

import java.util.List;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.nativeblas.NativeOps;

/**
 * All names of Deeplearning4j and ND4J that the library needs as texts. A tool that renames packages in a program does not see them. So a
 * name comes from a class where that is always there; the others are few, and a test compares them with the classes. Stateless; safe for
 * use by several threads.
 */
public final class Deeplearning4jNames {

    /** The class of ND4J that is there with the backend of the CPU, and that nobody loads by asking for it. */
    public static final String CPU_BACKEND = "org.nd4j.linalg.cpu.nativecpu.CpuBackend";

    /** What runs operations in the backend of the CPU. */
    public static final String CPU_EXECUTIONER = "org.nd4j.linalg.cpu.nativecpu.ops.NativeOpExecutioner";

    /** The class of ND4J that is there with the backend of CUDA. */
    public static final String CUDA_BACKEND = "org.nd4j.linalg.jcublas.JCublasBackend";

    /** The Maven coordinates of the backend of the CPU, without a version. */
    public static final String CPU_ARTIFACT = "org.nd4j:nd4j-native";

    /** Group ids of Deeplearning4j, that of the versions to 1.0.0-M2.1 first, then the one announced for later ones. */
    private static final List<String> GROUPS = List.of("org.deeplearning4j", "org.eclipse.deeplearning4j");

    private Deeplearning4jNames() {}

    /**
     * Tells what the names of all packages of Deeplearning4j begin with.
     *
     * @return the name of a package, with a dot at its end
     */
    public static String root() {
        String networks = MultiLayerNetwork.class.getPackageName();
        return networks.substring(0, networks.length() - "nn.multilayer".length());
    }

    /**
     * Tells where the workers of {@code ParallelWrapper} are, which need not be on the class path.
     *
     * @return the name of a package, with a dot at its end
     */
    public static String parallelTrainers() {
        return root() + "parallelism.trainer.";
    }

    /**
     * Tells what the helpers of Deeplearning4j 1.0.0-M2.1 ask whether they may run. In that version there is no such class.
     *
     * @return the binary name of a class
     */
    public static String foreignEnvironment() {
        return NativeOps.class.getPackageName() + ".Nd4jCpu$Environment";
    }

    /**
     * Tells where the jar of deeplearning4j-nn may keep its version, by each of its group ids.
     *
     * @return the names of resources, the one to try first at the beginning
     */
    public static List<String> versionFiles() {
        return GROUPS.stream()
                .map(group -> "META-INF/maven/" + group + "/deeplearning4j-nn/pom.properties")
                .toList();
    }
}
