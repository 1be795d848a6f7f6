package io.vellamo.actors.calls;

import io.vellamo.api.VellamoException;
import io.vellamo.engine.failure.DescribedFailure;
import io.vellamo.engine.failure.Failures;
import java.util.Objects;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.BehaviorInterceptor;
import org.apache.pekko.actor.typed.BehaviorInterceptor.ReceiveTarget;
import org.apache.pekko.actor.typed.BehaviorInterceptor.SignalTarget;
import org.apache.pekko.actor.typed.Signal;
import org.apache.pekko.actor.typed.TypedActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * The containment of errors for which Pekko would end the whole JVM, such as out of memory or a
 * missing class: they fail only the actor in which they occur, and so its query.
 */
public final class FatalErrors {
  private FatalErrors() {}

  /** Returns a behavior that throws such errors as exceptions. */
  @SuppressWarnings("unchecked") // any message, those of the journal too
  public static <T> Behavior<T> contained(Behavior<T> behavior) {
    return Behaviors.intercept(() -> new Containing<>((Class<T>) Object.class), behavior);
  }

  /** Returns the result of an action; throws such errors as exceptions. */
  static <R> R contain(Supplier<R> action) {
    try {
      return action.get();
    } catch (VirtualMachineError | LinkageError e) {
      throw new FatalFailure(e);
    }
  }

  /** The exception that wraps such an error. */
  private static final class FatalFailure extends VellamoException implements DescribedFailure {
    private static final long serialVersionUID = 1L;

    FatalFailure(Error cause) {
      super("[" + cause.getClass().getName() + "]", cause);
    }

    @Override
    public String describe(Failures words) {
      return words.describe(Objects.requireNonNull(getCause(), "cause"));
    }
  }

  private static final class Containing<T> extends BehaviorInterceptor<T, T> {
    Containing(Class<T> messages) {
      super(messages);
    }

    @Override
    public Behavior<T> aroundReceive(
        TypedActorContext<T> context, T message, ReceiveTarget<T> target) {
      return contain(() -> target.apply(context, message));
    }

    @Override
    public Behavior<T> aroundSignal(
        TypedActorContext<T> context, Signal signal, SignalTarget<T> target) {
      return contain(() -> target.apply(context, signal));
    }
  }
}
