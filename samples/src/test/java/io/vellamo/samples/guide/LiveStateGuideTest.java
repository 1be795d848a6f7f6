package io.vellamo.samples.guide;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.vellamo.actors.Vellamo;
import io.vellamo.api.group.GroupState;
import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.query.CommittedGroup;
import io.vellamo.api.query.GroupPage;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.query.StreamingQuery;
import io.vellamo.connectors.memory.MemorySink;
import io.vellamo.connectors.memory.MemorySource;
import java.time.Instant;
import java.util.Collections;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Groups are read as the guide says. */
final class LiveStateGuideTest {
  record Visits(int count) {
    static final Visits NONE = new Visits(0);
  }

  private final ActorSystem<Done> system =
      ActorSystem.create(
          Behaviors.empty(),
          "guide",
          ConfigFactory.parseString(
                  "pekko.persistence.journal.plugin = \"pekko.persistence.journal.inmem\"")
              .withFallback(ConfigFactory.load()));
  private final MemorySource<Click> clicks = MemorySource.create();
  private final MemorySink<String> sink = MemorySink.create();
  private Visits shown = Visits.NONE;

  @AfterEach
  void stop() {
    system.terminate();
    system.getWhenTerminated().toCompletableFuture().join();
  }

  @Test
  void groups_areReadByKeyAndInPages() throws Exception {
    Vellamo vellamo = Vellamo.get(system);
    StreamingQuery query =
        vellamo
            .query("visits")
            .from(clicks)
            .groupByKey(Click::user)
            .flatMapGroupsWithState(
                OutputMode.APPEND, GroupStateTimeout.NONE, Visits.class, this::count)
            .named("visits")
            .to(sink)
            .start();
    clicks.add(click("ada"), click("ben"), click("ada"));
    query.processAllAvailable();

    CompletionStage<Optional<CommittedGroup>> group = query.state("ada");
    CompletionStage<Void> told =
        group.thenAccept(
            known -> show(known.flatMap(ada -> ada.state(Visits.class)).orElse(Visits.NONE)));

    told.toCompletableFuture().join();
    assertThat(shown).isEqualTo(new Visits(2));
    int listed = 0;
    GroupPage page = query.groups("visits", 100).toCompletableFuture().join();
    listed += page.groups().size();
    while (page.next().isPresent()) {
      page = query.groups("visits", page.next().get(), 100).toCompletableFuture().join();
      listed += page.groups().size();
    }
    assertThat(listed).isEqualTo(2);
    query.stop();
  }

  private Iterator<String> count(String user, Iterator<Click> some, GroupState<Visits> state) {
    int count = state.optional().orElse(Visits.NONE).count();
    while (some.hasNext()) {
      some.next();
      count++;
    }
    state.update(new Visits(count));
    return Collections.emptyIterator();
  }

  private void show(Visits visits) {
    shown = visits;
  }

  private static Click click(String user) {
    return new Click(user, Instant.EPOCH, false);
  }
}
