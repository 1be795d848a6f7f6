package io.vellamo.actors.calls;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads that may block: platform threads by default, virtual threads on request. */
public final class BlockingThreads {
  private static final long IDLE_SECONDS = 10;

  private BlockingThreads() {}

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
   * Returns a factory of daemon threads.
   *
   * @param name the first part of their names
   * @param onUncaught handles exceptions that their tasks do not catch
   */
  public static ThreadFactory factory(
      Kind kind, String name, Thread.UncaughtExceptionHandler onUncaught) {
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

  /**
   * Returns an executor that runs each task at once, on an idle thread or a new one. Threads end
   * after 10 idle seconds.
   */
  public static Executor perTask(ThreadFactory threads) {
    return new ThreadPoolExecutor(
        0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), threads);
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
