package io.vellamo.actors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vellamo.api.query.StreamingQuery;
import io.vellamo.connectors.memory.MemorySink;
import io.vellamo.connectors.memory.MemorySource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.ActorSystem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Calls on an actor system that is terminating or has terminated return without waiting. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
final class EndedSystemTest {
  private final TestSystem system = TestSystem.start();
  private final Vellamo vellamo = system.vellamo();
  private final UserGate gate = UserGate.ignoring();

  @AfterEach
  void stop() {
    gate.open();
    system.close();
  }

  @Test
  void startOnAnEndedSystem_fails() throws Exception {
    end();

    assertThatThrownBy(() -> start("late"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("Query [late] can't start: its actor system");
    assertThat(vellamo.queries().active()).isEmpty();
  }

  @Test
  void startOnAnEndingSystem_fails() throws Exception {
    MemorySource<String> words = MemorySource.create();
    words.add("a");
    vellamo
        .query("blocking")
        .from(words)
        .<String>map(
            word -> {
              gate.pass();
              return word;
            })
        .to(MemorySink.create())
        .start();
    gate.awaitEntered();
    system.testKit().system().terminate();

    assertThatThrownBy(() -> start("late"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("Query [late] can't start: its actor system is terminating");
  }

  @Test
  void vellamoOfAnEndedSystem_isRefused() throws Exception {
    try (TestSystem other = TestSystem.start()) {
      ActorSystem<?> ended = other.testKit().system();
      ended.terminate();
      ended.getWhenTerminated().toCompletableFuture().get(60, TimeUnit.SECONDS);

      assertThatThrownBy(() -> Vellamo.get(ended)).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void handleOfAnEndedSystem_answers() throws Exception {
    StreamingQuery query = start("known");
    query.processAllAvailable();
    end();

    assertThat(query.isActive()).isFalse();
    query.stop();
    query.stop(Duration.ofSeconds(1));
    query.awaitTermination();
    query.processAllAvailable();
    assertThat(query.whenTerminated().toCompletableFuture()).succeedsWithin(Duration.ofSeconds(20));
    assertThat(query.parkedGroups().toCompletableFuture()).failsWithin(Duration.ofSeconds(20));
  }

  @Test
  void queriesThatAreStartedWhileTheSystemEnds_end() throws Exception {
    List<StreamingQuery> started = new ArrayList<>();
    started.add(start("query-0"));
    system.testKit().system().terminate();
    boolean isRefused = false;
    while (!isRefused) {
      try {
        started.add(start("query-" + started.size()));
      } catch (IllegalStateException e) {
        isRefused = true;
      }
    }

    for (StreamingQuery query : started) {
      query.awaitTermination();
    }
  }

  private void end() throws Exception {
    ActorSystem<?> ended = system.testKit().system();
    ended.terminate();
    ended.getWhenTerminated().toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  private StreamingQuery start(String name) {
    return vellamo.query(name).from(MemorySource.<String>create()).to(MemorySink.create()).start();
  }
}
