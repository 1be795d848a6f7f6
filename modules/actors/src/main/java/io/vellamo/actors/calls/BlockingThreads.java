package io.vellamo.actors.calls;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Threads of the JVM: platform threads by default, virtual threads on request. All are daemons, are
 * started on demand and end after 10 idle seconds.
 */
public final class BlockingThreads implements CallThreads {
  private static final long IDLE_SECONDS = 10;

  private final Kind kind;
  private final Thread.UncaughtExceptionHandler onUncaught;

  private BlockingThreads(Kind kind, Thread.UncaughtExceptionHandler onUncaught) {
    this.kind = kind;
    this.onUncaught = onUncaught;
  }

  /** The kind of thread. */
  public enum Kind {
    /** Threads of the operating system. */
    PLATFORM,
    /** Virtual threads, which need JDK 21. */
    VIRTUAL
  }

  /** Returns whether this JVM has threads of a kind. */
  public static boolean areAvailable(Kind kind) {
    return kind == Kind.PLATFORM || Runtime.version().feature() >= 21;
  }

  /**
   * Returns threads.
   *
   * @param kind their kind, which this JVM must have
   * @param onUncaught handles exceptions that their tasks do not catch
   */
  public static BlockingThreads of(Kind kind, Thread.UncaughtExceptionHandler onUncaught) {
    return new BlockingThreads(kind, onUncaught);
  }

  @Override
  public ExecutorService serial(String name) {
    return serial(factory(name));
  }

  /** Returns an executor with one thread of a factory. */
  static ExecutorService serial(ThreadFactory threads) {
    ThreadPoolExecutor executor =
        new ThreadPoolExecutor(
            1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), threads);
    executor.allowCoreThreadTimeOut(true);
    return executor;
  }

  @Override
  public Executor perTask(String name) {
    return new ThreadPoolExecutor(
        0,
        Integer.MAX_VALUE,
        IDLE_SECONDS,
        TimeUnit.SECONDS,
        new SynchronousQueue<>(),
        factory(name));
  }

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  private ThreadFactory factory(String name) {
    AtomicInteger count = new AtomicInteger();
    return task -> {
      String full = name + "-" + count.incrementAndGet();
      Thread thread = kind == Kind.VIRTUAL ? virtual(task) : new Thread(task);
      thread.setName(full);
      if (kind == Kind.PLATFORM) {
        thread.setDaemon(true);
      }
      thread.setUncaughtExceptionHandler(onUncaught);
      return thread;
    };
  }

  /** Creates a virtual thread by method handles, as this class is compiled for JDK 17. */
  private static Thread virtual(Runnable task) {
    try {
      MethodHandles.Lookup lookup = MethodHandles.publicLookup();
      Class<?> builder = Class.forName("java.lang.Thread$Builder");
      Class<?> ofVirtual = Class.forName("java.lang.Thread$Builder$OfVirtual");
      MethodHandle make =
          lookup.findStatic(Thread.class, "ofVirtual", MethodType.methodType(ofVirtual));
      MethodHandle unstarted =
          lookup.findVirtual(
              builder, "unstarted", MethodType.methodType(Thread.class, Runnable.class));
      return (Thread) unstarted.invoke(make.invoke(), task);
    } catch (Throwable e) {
      throw new IllegalStateException(
          "Virtual threads need JDK 21, this is [%s]".formatted(Runtime.version()), e);
    }
  }
}
