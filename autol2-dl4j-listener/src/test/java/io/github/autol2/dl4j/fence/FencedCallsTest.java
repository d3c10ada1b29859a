package io.github.autol2.dl4j.fence;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.memory.BasicMemoryManager;
import org.nd4j.linalg.api.ops.executioner.DefaultOpExecutioner;
import org.nd4j.linalg.cpu.nativecpu.CpuMemoryManager;
import org.nd4j.linalg.cpu.nativecpu.CpuNDArrayFactory;
import org.nd4j.linalg.cpu.nativecpu.ops.NativeOpExecutioner;
import org.nd4j.linalg.factory.BaseNDArrayFactory;
import org.nd4j.nativeblas.BaseNativeNDArrayFactory;

/** Whether the fence has no hole, read from the compiled backend, so that another ND4J fails here and not in a user's program. */
@Tag("slow")
class FencedCallsTest {

    /** Their pointers are arguments of the native method itself, which keeps them, or they read a file. */
    private static final Set<String> NOTHING_TO_KEEP = Set.of(
            "convertDataEx(DataTypeEx, Pointer, DataTypeEx, Pointer, long)",
            "release(Pointer, MemoryKind)",
            "createFromNpyPointer(Pointer)",
            "createFromNpyHeaderPointer(Pointer)",
            "createFromNpyFile(File)",
            "_createFromNpzFile(File)");

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .importClasses(
                    NativeOpExecutioner.class,
                    CpuNDArrayFactory.class,
                    CpuMemoryManager.class,
                    BasicMemoryManager.class,
                    DefaultOpExecutioner.class,
                    BaseNativeNDArrayFactory.class,
                    BaseNDArrayFactory.class,
                    FencedExecutioner.class,
                    FencedArrayFactory.class,
                    FencedMemoryManager.class);

    @ParameterizedTest
    @ValueSource(classes = {FencedExecutioner.class, FencedArrayFactory.class, FencedMemoryManager.class})
    void fencesEachMethodThatPassesArraysToNativeCode(Class<?> fenced) {
        JavaClass here = CLASSES.get(fenced);
        JavaClass backend = CLASSES.get(fenced.getSuperclass());

        Set<String> toFence = nativeCalls(backend);
        toFence.removeAll(NOTHING_TO_KEEP);
        Set<String> kept = signatures(here.getMethods().stream()
                .filter(method -> method.getCallsFromSelf().stream()
                        .anyMatch(call -> call.getTargetOwner().isEquivalentTo(KeepAlive.class))));

        assertThat(kept).isNotEmpty().containsAll(toFence);
    }

    @Test
    void seesTheNativeCallsOfTheExecutioner() {
        Set<String> calls = nativeCalls(CLASSES.get(NativeOpExecutioner.class));

        assertThat(calls)
                .contains(
                        "exec(BroadcastOp, OpContext)",
                        "exec(Op, OpContext)",
                        "exec(CustomOp, OpContext)",
                        "exec(RandomOp, OpContext, Random)",
                        "inspectArray(INDArray)")
                .hasSizeGreaterThan(12);
    }

    @Test
    void seesTheInheritedNativeCallsOfTheArrayFactory() {
        assertThat(nativeCalls(CLASSES.get(CpuNDArrayFactory.class)))
                .contains("sort(INDArray, boolean)", "convertToNumpy(INDArray)");
    }

    /** The overloads that are not fenced themselves reach native code only through those that are. */
    @Test
    void leavesNoOverloadThatRunsAnOperationByItself() {
        Set<String> fenced = signatures(CLASSES.get(FencedExecutioner.class).getMethods().stream());

        assertThat(CLASSES.get(NativeOpExecutioner.class).getMethods().stream()
                        .filter(method -> method.getName().equals("exec"))
                        .filter(FencedCallsTest::isOpen)
                        .filter(method -> !fenced.contains(signature(method))))
                .isNotEmpty()
                .allSatisfy(method -> assertThat(method.getMethodCallsFromSelf().stream()
                                .filter(call -> call.getTargetOwner().isEquivalentTo(NativeOpExecutioner.class))
                                .filter(call -> call.getName().equals("exec")))
                        .as(signature(method))
                        .isNotEmpty());
    }

    /** Of the class and those above it. */
    private static Set<String> nativeCalls(JavaClass backend) {
        return signatures(Stream.concat(Stream.of(backend), backend.getAllRawSuperclasses().stream())
                .flatMap(type -> type.getMethods().stream())
                .filter(FencedCallsTest::isOpen)
                .filter(FencedCallsTest::takesWhatCouldBeFreed)
                .filter(FencedCallsTest::callsNativeCode));
    }

    private static boolean isOpen(JavaMethod method) {
        return !method.getModifiers().contains(JavaModifier.PRIVATE)
                && !method.getModifiers().contains(JavaModifier.STATIC)
                && !method.getModifiers().contains(JavaModifier.SYNTHETIC)
                && !method.getModifiers().contains(JavaModifier.BRIDGE);
    }

    /** Anything but numbers, flags, texts, enumerations and Java's own arrays. */
    private static boolean takesWhatCouldBeFreed(JavaMethod method) {
        return method.getRawParameterTypes().stream()
                .anyMatch(type -> !type.isPrimitive()
                        && !type.isEnum()
                        && !type.isEquivalentTo(String.class)
                        && !(type.isArray() && type.getBaseComponentType().isPrimitive()));
    }

    /** By itself or in a private method. */
    private static boolean callsNativeCode(JavaCodeUnit method) {
        return method.getMethodCallsFromSelf().stream().anyMatch(call -> {
            JavaClass owner = call.getTargetOwner();
            if (owner.isEquivalentTo(method.getOwner().reflect())) {
                return call.getTarget()
                        .resolveMember()
                        .filter(called -> called.getModifiers().contains(JavaModifier.PRIVATE)
                                && called.getModifiers().stream().noneMatch(JavaModifier.SYNTHETIC::equals)
                                && !called.equals(method))
                        .map(FencedCallsTest::callsNativeCode)
                        .orElse(false);
            }
            return (owner.getName().equals("org.nd4j.nativeblas.NativeOps")
                            && !call.getName().startsWith("lastError"))
                    || (owner.getName().startsWith("org.bytedeco.javacpp.")
                            && call.getName().startsWith("mem"));
        });
    }

    private static Set<String> signatures(Stream<JavaMethod> methods) {
        return methods.map(FencedCallsTest::signature).collect(Collectors.toCollection(TreeSet::new));
    }

    private static String signature(JavaMethod method) {
        return method.getName()
                + method.getRawParameterTypes().stream()
                        .map(JavaClass::getSimpleName)
                        .collect(Collectors.joining(", ", "(", ")"));
    }
}
