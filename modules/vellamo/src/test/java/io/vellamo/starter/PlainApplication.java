package io.vellamo.starter;

import io.vellamo.actors.Vellamo;
import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.query.Trigger;
import io.vellamo.connectors.file.JsonLines;
import java.nio.file.Path;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** An application without configuration: counts words of a file, over all its runs. */
final class PlainApplication {
  /** An event. */
  record Word(String text) {}

  /** A row. */
  record Count(String text, long count) {}

  private PlainApplication() {}

  /** Runs until the file's words are counted. */
  public static void main(String[] args) throws Exception {
    ActorSystem<Void> system = ActorSystem.create(Behaviors.empty(), "plain");
    try {
      Vellamo.get(system)
          .query("words")
          .from(JsonLines.source(Path.of("words"), Word.class))
          .groupByKey(Word::text)
          .<Long, Count>mapGroupsWithState(
              GroupStateTimeout.NONE,
              Long.class,
              (text, words, state) -> {
                long count = state.optional().orElse(0L);
                while (words.hasNext()) {
                  words.next();
                  count++;
                }
                state.update(count);
                return new Count(text, count);
              })
          .to(JsonLines.sink(Path.of("counts")))
          .trigger(Trigger.availableNow())
          .start()
          .awaitTermination();
    } finally {
      system.terminate();
      system.getWhenTerminated().toCompletableFuture().join();
    }
  }
}
