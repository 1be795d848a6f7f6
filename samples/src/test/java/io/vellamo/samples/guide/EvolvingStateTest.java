package io.vellamo.samples.guide;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.typesafe.config.ConfigFactory;
import io.vellamo.actors.Vellamo;
import io.vellamo.api.group.FlatMapGroupsWithStateFunction;
import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.group.StateType;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.query.Trigger;
import io.vellamo.connectors.memory.MemorySink;
import io.vellamo.connectors.memory.MemorySource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The guide's query goes on after its state has changed, as the guide says. */
final class EvolvingStateTest {
  /** A change that Jackson reads across by itself. */
  record ReferredVisit(
      Instant start, @JsonAlias("end") Instant last, int clicks, Optional<String> referrer) {}

  /** A change that takes a migration. */
  record PageVisit(Instant start, Instant end, Map<String, Integer> clicks) {}

  private final ActorSystem<Done> system =
      ActorSystem.create(
          Behaviors.empty(),
          "guide",
          ConfigFactory.parseString(
                  "pekko.persistence.journal.plugin = \"pekko.persistence.journal.inmem\"")
              .withFallback(ConfigFactory.load()));
  private final Instant noon = Instant.parse("2026-01-01T12:00:00Z");
  private final MemorySource<Click> clicks = MemorySource.create();
  private final MemorySink<Object> rows = MemorySink.create();

  @AfterEach
  void stop() {
    system.terminate();
    system.getWhenTerminated().toCompletableFuture().join();
  }

  @Test
  void propertyGainedAndRenamed_stateIsReadAsItIs() throws Exception {
    run(StateType.of(Visit.class), new Sessionize());

    run(
        StateType.of(ReferredVisit.class),
        (user, events, state) -> List.of(state.get()).iterator());

    assertThat(rows.rows()).containsExactly(new ReferredVisit(noon, noon, 1, Optional.empty()));
  }

  @Test
  void clicksByPage_goOnFromTheirNumber() throws Exception {
    run(StateType.of(Visit.class), new Sessionize());

    StateType<PageVisit> visits =
        StateType.of(PageVisit.class)
            .migration(
                1,
                state -> {
                  state.computeIfPresent("clicks", (name, n) -> Map.of("unknown", n));
                  return state;
                });
    run(visits, (user, events, state) -> List.of(state.get()).iterator());

    assertThat(rows.rows()).containsExactly(new PageVisit(noon, noon, Map.of("unknown", 1)));
  }

  private <S, U> void run(
      StateType<S> visits, FlatMapGroupsWithStateFunction<String, Click, S, U> function)
      throws Exception {
    clicks.add(new Click("anna", noon, false));
    Vellamo.get(system)
        .query("sessions")
        .from(clicks)
        .withWatermark(Click::time, Duration.ofMinutes(20))
        .groupByKey(Click::user)
        .flatMapGroupsWithState(OutputMode.APPEND, GroupStateTimeout.EVENT_TIME, visits, function)
        .to(rows)
        .trigger(Trigger.availableNow())
        .start()
        .awaitTermination();
  }
}
