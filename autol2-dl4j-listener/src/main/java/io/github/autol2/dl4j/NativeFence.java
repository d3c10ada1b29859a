package io.github.autol2.dl4j;

import java.lang.ref.Reference;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.nd4j.linalg.api.blas.Level1;
import org.nd4j.linalg.api.blas.Level2;
import org.nd4j.linalg.api.blas.Level3;
import org.nd4j.linalg.api.ops.executioner.OpExecutioner;
import org.nd4j.linalg.factory.BlasWrapper;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Keeps parallel training from crashing the JVM.
 *
 * <p>In ND4J 1.0.0-M2.1 (and before) an operation and its temporary arrays become unreachable while the native code works on them. If the
 * garbage collector runs in that moment, their memory is freed under it, and the JVM ends with SIGSEGV. It happens when several threads
 * train and collections are frequent (deeplearning4j issue 8977; mended upstream by pull request 10353 of December 2025, not in M2.1). With
 * the fence, everything that was given to ND4J's executioner or BLAS stays reachable until the call returns.
 *
 * <pre>{@code
 * NativeFence.install(); // once, before or after ND4J is loaded, before threads train
 * }</pre>
 *
 * <p>It replaces ND4J's executioner and BLAS by proxies of the same interfaces, so it covers all kinds of operations and any backend. An ND4J
 * that has the repair does not need it. Not covered: copies that ND4J's BLAS itself makes of arrays with unusual strides.
 */
public final class NativeFence {

    private static final String EXECUTIONER = "OP_EXECUTIONER_INSTANCE";
    private static final String BLAS = "BLAS_WRAPPER_INSTANCE";

    private NativeFence() {
    }

    /**
     * Installs the fence. Does nothing if it is there already.
     *
     * @throws IllegalStateException if this version of ND4J keeps its executioner elsewhere; nothing has been changed then
     */
    public static synchronized void install() {
        OpExecutioner executioner = Nd4j.getExecutioner(); // loads ND4J
        BlasWrapper blas = Nd4j.getBlasWrapper();
        if (!isInstalled()) {
            Field blasField = field(BLAS);
            set(field(EXECUTIONER), proxy(OpExecutioner.class, new Fence(executioner)));
            set(blasField, proxy(BlasWrapper.class, new BlasFence(blas)));
        }
    }

    /** Takes the fence away again. */
    public static synchronized void remove() {
        if (isInstalled()) {
            set(field(EXECUTIONER), fence(Nd4j.getExecutioner()).target);
            set(field(BLAS), fence(Nd4j.getBlasWrapper()).target);
        }
    }

    public static boolean isInstalled() {
        return fence(Nd4j.getExecutioner()) != null;
    }

    /** Null if there is none around it. */
    private static Fence fence(Object instance) {
        return Proxy.isProxyClass(instance.getClass()) && Proxy.getInvocationHandler(instance) instanceof Fence fence ? fence : null;
    }

    private static <T> T proxy(Class<T> type, Fence fence) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, fence));
    }

    private static Field field(String name) {
        try {
            Field field = Nd4j.class.getDeclaredField(name);
            field.setAccessible(true);
            return field;
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException("the fence is for ND4J 1.0.0-M2.1; this version has no field Nd4j." + name, e);
        }
    }

    private static void set(Field field, Object value) {
        try {
            field.set(null, value);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("the field Nd4j." + field.getName() + " cannot be set", e);
        }
    }

    /** Calls the target, and keeps all arguments reachable until it returns. */
    private static class Fence implements InvocationHandler {

        private final Object target;

        Fence(Object target) {
            this.target = target;
        }

        @Override
        public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
            try {
                return method.invoke(target, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            } finally {
                Reference.reachabilityFence(arguments);
            }
        }
    }

    /** BLAS hands out three more objects that make native calls. */
    private static final class BlasFence extends Fence {

        private final Level1 level1;
        private final Level2 level2;
        private final Level3 level3;

        BlasFence(BlasWrapper blas) {
            super(blas);
            level1 = proxy(Level1.class, new Fence(blas.level1()));
            level2 = proxy(Level2.class, new Fence(blas.level2()));
            level3 = proxy(Level3.class, new Fence(blas.level3()));
        }

        @Override
        public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
            return switch (method.getName()) {
                case "level1" -> level1;
                case "level2" -> level2;
                case "level3" -> level3;
                default -> super.invoke(proxy, method, arguments);
            };
        }
    }
}
