package io.vellamo.journal;

import java.time.Duration;
import java.util.List;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.BackoffSupervisorStrategy;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.RecoveryCompleted;
import org.apache.pekko.persistence.typed.RecoveryFailed;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.Effect;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;
import org.apache.pekko.persistence.typed.javadsl.RetentionCriteria;
import org.apache.pekko.persistence.typed.javadsl.SignalHandler;
import org.jspecify.annotations.Nullable;

/** A persistent actor that keeps what it was told, joined by commas. */
final class Ledger extends EventSourcedBehavior<Ledger.Command, Object, String> {

  /** After a failed write, or a failed recovery. */
  private static final BackoffSupervisorStrategy RESTART =
      SupervisorStrategy.restartWithBackoff(Duration.ofMillis(200), Duration.ofMillis(200), 0);

  private final RetentionCriteria retention;
  private final ActorRef<Recovery> recoveries;

  private Ledger(String persistenceId, RetentionCriteria retention, ActorRef<Recovery> recoveries) {
    super(PersistenceId.ofUniqueId(persistenceId), RESTART);
    this.retention = retention;
    this.recoveries = recoveries;
  }

  static Behavior<Command> create(String persistenceId) {
    return create(persistenceId, RetentionCriteria.disabled());
  }

  static Behavior<Command> create(String persistenceId, RetentionCriteria retention) {
    return Behaviors.setup(
        context -> new Ledger(persistenceId, retention, context.getSystem().ignoreRef()));
  }

  /** Returns a ledger that tells how each of its recoveries ended. */
  static Behavior<Command> create(String persistenceId, ActorRef<Recovery> recoveries) {
    return new Ledger(persistenceId, RetentionCriteria.disabled(), recoveries);
  }

  @Override
  public String emptyState() {
    return "";
  }

  @Override
  public CommandHandler<Command, Object, String> commandHandler() {
    return newCommandHandlerBuilder()
        .forAnyState()
        .onCommand(
            Add.class,
            add ->
                Effect()
                    .persist(add.events())
                    .thenReply(add.replyTo(), state -> Done.getInstance()))
        .onCommand(Ask.class, (state, ask) -> Effect().reply(ask.replyTo(), state))
        .build();
  }

  @Override
  public EventHandler<String, Object> eventHandler() {
    return (state, event) -> state.isEmpty() ? event.toString() : state + "," + event;
  }

  @Override
  public SignalHandler<String> signalHandler() {
    return newSignalHandlerBuilder()
        .onSignal(RecoveryCompleted.class, (state, signal) -> recoveries.tell(new Recovery(null)))
        .onSignal(
            RecoveryFailed.class,
            (state, signal) -> recoveries.tell(new Recovery(signal.getFailure())))
        .build();
  }

  @Override
  public RetentionCriteria retentionCriteria() {
    return retention;
  }

  sealed interface Command {}

  record Add(List<Object> events, ActorRef<Done> replyTo) implements Command {}

  record Ask(ActorRef<String> replyTo) implements Command {}

  /**
   * The end of a recovery.
   *
   * @param failure why it failed, if so
   */
  record Recovery(@Nullable Throwable failure) {}
}
