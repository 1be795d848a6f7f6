package io.vellamo.actors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vellamo.api.EventStream;
import io.vellamo.api.SerializationException;
import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.query.StreamingQuery;
import io.vellamo.api.query.StreamingQueryException;
import io.vellamo.api.query.Trigger;
import io.vellamo.connectors.memory.MemorySink;
import io.vellamo.connectors.memory.MemorySource;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What users see when something of theirs fails. */
final class FailureTest {
  private final TestSystem system = TestSystem.start();
  private final MemorySource<String> words = MemorySource.create();
  private final MemorySink<String> rows = MemorySink.create();

  @AfterEach
  void stop() {
    system.close();
  }

  @Test
  void f07_functionThrows_messageNamesQueryEpochKeyAndPosition() {
    StreamingQuery query = start(new AtomicBoolean(true), 2);
    words.add("x", "y", "z", "a");

    assertThatThrownBy(query::awaitTermination)
        .isInstanceOf(StreamingQueryException.class)
        .hasMessageMatching(
            "\\QQuery [failing] failed in epoch [2]: the function threw"
                + " [java.lang.IllegalStateException] for group [a], source position"
                + " [memory-0@3]: broken on purpose, at io.vellamo.actors.FailureTest.\\E"
                + ".*\\(FailureTest\\.java:\\d+\\);"
                + " nothing of the epoch was emitted, a restart runs it again")
        .hasRootCauseMessage("broken on purpose");
    assertThat(rows.rows()).containsExactlyInAnyOrder("x 1", "y 1");
    assertThat(query.isActive()).isFalse();
    assertThat(query.exception()).isPresent();
    assertThat(query.exception().orElseThrow().epoch()).isEqualTo(2);
  }

  /** Other languages' unfinished functions throw such errors. */
  @ParameterizedTest
  @ValueSource(strings = {"actor", "inline"})
  void functionThrowsAnErrorOfItsOwn_queryFailsAsWithAnException(String hosting) {
    try (TestSystem other = TestSystem.start("vellamo.query.hosting = " + hosting)) {
      StreamingQuery query =
          other
              .vellamo()
              .query("failing")
              .from(words)
              .groupByKey(word -> word)
              .<Integer, String>mapGroupsWithState(
                  GroupStateTimeout.NONE,
                  Integer.class,
                  (word, events, state) -> {
                    throw new Error("broken on purpose");
                  })
              .to(rows)
              .start();
      words.add("a");

      assertThatThrownBy(query::awaitTermination)
          .hasMessageContaining("the function threw [java.lang.Error] for group [a]");
    }
  }

  @Test
  void mapThrows_messageNamesStepAndPosition_andWhatWasThrown() {
    assertThatThrownBy(failedMap(system)::awaitTermination)
        .hasMessageContaining("Query [mapping] failed in epoch [1]")
        .hasMessageContaining(
            "map failed at source position [memory-0@0] with [java.lang.IllegalStateException]:"
                + " can't map secret, at io.vellamo.actors.FailureTest.");
  }

  @Test
  void mapThrows_withoutShownMessages_namesTheClassAlone() {
    try (TestSystem quiet = TestSystem.start("vellamo.errors.show-messages = off")) {
      assertThatThrownBy(failedMap(quiet)::awaitTermination)
          .hasMessageContaining("[java.lang.IllegalStateException], at io.vellamo.actors.")
          .hasMessageNotContaining("secret");
    }
  }

  private StreamingQuery failedMap(TestSystem system) {
    StreamingQuery query =
        system
            .vellamo()
            .query("mapping")
            .from(words)
            .<String>map(
                word -> {
                  throw new IllegalStateException("can't map " + word);
                })
            .to(rows)
            .start();
    words.add("secret");
    return query;
  }

  @Test
  void stateClassWithoutProperties_isRefusedAtStart() {
    assertThatThrownBy(() -> words(Thread.class).to(rows).start())
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("state class [java.lang.Thread] can't be");
    assertThatThrownBy(() -> words(InputStream.class).to(rows).start())
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("state class [java.io.InputStream] can't be");
  }

  @Test
  void q13_sameNameTwice_isRefused() throws Exception {
    StreamingQuery query = start(new AtomicBoolean(), 10);

    assertThatThrownBy(() -> start(new AtomicBoolean(), 10))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("Query [failing] is running already; stop it first, or choose another name");
    query.stop();
  }

  @Test
  void otherTimeoutAtRestart_isRefused() throws Exception {
    StreamingQuery first = start(new AtomicBoolean(), 10);
    first.processAllAvailable();
    first.stop();

    StreamingQuery changed =
        words("failing", GroupStateTimeout.PROCESSING_TIME, Integer.class).to(rows).start();

    assertThatThrownBy(changed::awaitTermination)
        .hasMessageContaining(
            "operator [flatMapGroupsWithState] must have timeout [NONE], as when it was first"
                + " started, has [PROCESSING_TIME]");
  }

  private StreamingQuery start(AtomicBoolean broken, long maxEvents) {
    return system
        .vellamo()
        .query("failing")
        .from(words)
        .groupByKey(word -> word)
        .flatMapGroupsWithState(
            OutputMode.UPDATE,
            GroupStateTimeout.NONE,
            Integer.class,
            (word, events, state) -> {
              int count = state.optional().orElse(0);
              while (events.hasNext()) {
                events.next();
                count++;
              }
              if (broken.get() && word.equals("a")) {
                throw new IllegalStateException("broken on purpose");
              }
              state.update(count);
              return List.of(word + " " + count).iterator();
            })
        .to(rows)
        .trigger(Trigger.asap())
        .maxEventsPerEpoch(maxEvents)
        .start();
  }

  private EventStream<String> words(Class<?> stateClass) {
    return words("refused", GroupStateTimeout.NONE, stateClass);
  }

  private <S> EventStream<String> words(
      String name, GroupStateTimeout timeout, Class<S> stateClass) {
    return system
        .vellamo()
        .query(name)
        .from(words)
        .groupByKey(word -> word)
        .flatMapGroupsWithState(
            OutputMode.UPDATE,
            timeout,
            stateClass,
            (word, events, state) -> List.<String>of().iterator());
  }
}
