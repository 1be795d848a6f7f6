package io.vellamo.actors.inbox;

import io.vellamo.actors.calls.FatalErrors;
import io.vellamo.engine.inbox.InboxEvents;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.ChildFailed;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** The parent of the actor of an inbox, which learns how the actor ends. */
final class InboxParent {
  private InboxParent() {}

  /**
   * Creates the parent, which starts the actor and ends with it.
   *
   * @param opened completes when the inbox is open
   * @param onLost is told why the actor has failed
   * @param ended completes when the actor has ended
   */
  static Behavior<InboxCommand> create(
      InboxSpec spec,
      CompletableFuture<InboxEvents> opened,
      Consumer<Throwable> onLost,
      CompletableFuture<Void> ended) {
    return Behaviors.setup(
        context -> {
          ActorRef<InboxCommand> inbox =
              context.spawn(
                  FatalErrors.contained(InboxActor.create(spec, opened)),
                  "inbox",
                  DispatcherSelector.sameAsParent());
          context.watch(inbox);
          return Behaviors.receive(InboxCommand.class)
              .onAnyMessage(
                  command -> {
                    inbox.tell(command);
                    return Behaviors.same();
                  })
              .onSignal(
                  ChildFailed.class,
                  failed -> {
                    onLost.accept(failed.getCause());
                    return Behaviors.stopped();
                  })
              .onSignal(Terminated.class, terminated -> Behaviors.stopped())
              .onSignal(
                  PostStop.class,
                  stopped -> {
                    ended.complete(null);
                    return Behaviors.same();
                  })
              .build();
        });
  }
}
