package io.vellamo.journal;

import java.util.List;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.Effect;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;
import org.apache.pekko.persistence.typed.javadsl.RetentionCriteria;

/** A persistent actor that keeps what it was told, joined by commas. */
final class Ledger extends EventSourcedBehavior<Ledger.Command, Object, String> {

  private final RetentionCriteria retention;

  private Ledger(String persistenceId, RetentionCriteria retention) {
    super(PersistenceId.ofUniqueId(persistenceId));
    this.retention = retention;
  }

  static Behavior<Command> create(String persistenceId) {
    return create(persistenceId, RetentionCriteria.disabled());
  }

  static Behavior<Command> create(String persistenceId, RetentionCriteria retention) {
    return Behaviors.setup(context -> new Ledger(persistenceId, retention));
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
  public RetentionCriteria retentionCriteria() {
    return retention;
  }

  sealed interface Command {}

  record Add(List<Object> events, ActorRef<Done> replyTo) implements Command {}

  record Ask(ActorRef<String> replyTo) implements Command {}
}
