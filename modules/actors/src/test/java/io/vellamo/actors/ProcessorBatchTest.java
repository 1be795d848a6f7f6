package io.vellamo.actors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vellamo.api.EventStream;
import io.vellamo.api.group.InitialState;
import io.vellamo.api.group.KeyValue;
import io.vellamo.api.process.Declarations;
import io.vellamo.api.process.EventTimer;
import io.vellamo.api.process.GroupContext;
import io.vellamo.api.process.GroupProcessor;
import io.vellamo.api.process.ListVariable;
import io.vellamo.api.process.ProcessingTimer;
import io.vellamo.api.process.Timer;
import io.vellamo.api.process.Variables;
import io.vellamo.api.query.BatchReport;
import io.vellamo.api.query.EventCounts;
import io.vellamo.api.query.OutputMode;
import io.vellamo.connectors.memory.MemorySink;
import io.vellamo.connectors.memory.MemorySource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Processors of queries that are run once over all input. */
final class ProcessorBatchTest {
  private static final ListVariable<String> SEEN = Variables.list("seen", String.class);
  private static final EventTimer EVENT = EventTimer.named("event");
  private static final ProcessingTimer CLOCK = ProcessingTimer.named("clock");

  /** Lists the events of a group, and sets timers that never fire. */
  record ListEvents() implements GroupProcessor<String, String, String> {
    @Override
    public void declare(Declarations declarations) {
      declarations.use(SEEN).use(EVENT).use(CLOCK);
    }

    @Override
    public void onEvents(String key, Iterator<String> events, GroupContext<String> group) {
      events.forEachRemaining(group.list(SEEN)::append);
      setTimers(group);
      List<String> all = new ArrayList<>();
      group.list(SEEN).forEach(all::add);
      group.emit(key + all);
    }

    @Override
    public void onTimer(String key, Timer timer, GroupContext<String> group) {
      group.emit("no timer must fire, did " + timer);
    }
  }

  /** Emits each event with an event time, and that of the event it has received. */
  record PassEvents(Instant time) implements GroupProcessor<String, String, String> {
    @Override
    public void declare(Declarations declarations) {
      declarations.use(EVENT);
    }

    @Override
    public void onEvents(String key, Iterator<String> events, GroupContext<String> group) {
      assertThatThrownBy(group::currentWatermark).isInstanceOf(UnsupportedOperationException.class);
      while (events.hasNext()) {
        String event = events.next();
        group.emit(event + " " + group.eventTime().orElseThrow(), time);
      }
    }
  }

  private final TestSystem system =
      TestSystem.start("vellamo.journal.plugin = \"no.such.journal\"");
  private final MemorySource<String> words = MemorySource.create(2);
  private final MemorySink<String> rows = MemorySink.create();

  @AfterEach
  void stop() {
    system.close();
  }

  private static void setTimers(GroupContext<?> group) {
    group.timers(EVENT).set("late", Instant.EPOCH);
    group.timers(CLOCK).setAfter(Duration.ZERO);
  }

  @Test
  void t08_processor_isCalledOnceAGroup_andNoTimerFires() throws Exception {
    words.addTo(0, List.of("a", "b", "a"));

    BatchReport report =
        timed()
            .groupByKey(word -> word)
            .process(OutputMode.UPDATE, new ListEvents())
            .to(rows)
            .runBatch();

    assertThat(rows.rows()).containsExactlyInAnyOrder("a[a, a]", "b[b]");
    assertThat(report).isEqualTo(new BatchReport(new EventCounts(3, 0, 0), 2, 2));
  }

  @Test
  void initialRows_comeBeforeTheEvents_andNoTimerFires() throws Exception {
    words.addTo(0, List.of("a", "b", "a"));
    List<KeyValue<String, String>> initial =
        List.of(new KeyValue<>("a", "x"), new KeyValue<>("c", "y"), new KeyValue<>("a", "z"));

    BatchReport report =
        timed()
            .groupByKey(word -> word)
            .withInitialState(InitialState.of(String.class, initial))
            .process(
                OutputMode.UPDATE,
                new ListEvents(),
                (key, row, group) -> {
                  group.list(SEEN).append(row);
                  setTimers(group);
                  group.emit(key + "+" + row);
                })
            .to(rows)
            .runBatch();

    assertThat(rows.rows()).containsExactlyInAnyOrder("a+x", "a+z", "c+y", "a[x, z, a, a]", "b[b]");
    assertThat(report).isEqualTo(new BatchReport(new EventCounts(3, 0, 0), 3, 5));
  }

  @Test
  void eventTimesOfRows_reachTheNextProcessor_andNoneIsLate() throws Exception {
    words.addTo(0, List.of("a"));

    timed()
        .groupByKey(word -> word)
        .process(OutputMode.APPEND, new PassEvents(Instant.EPOCH.minusSeconds(9)))
        .named("first")
        .groupByKey(word -> word)
        .process(OutputMode.APPEND, new PassEvents(Instant.EPOCH))
        .named("second")
        .to(rows)
        .runBatch();

    assertThat(rows.rows()).containsExactly("a 1970-01-01T00:00:00Z 1969-12-31T23:59:51Z");
  }

  private EventStream<String> timed() {
    return system
        .vellamo()
        .query("words")
        .from(words)
        .withWatermark(word -> Instant.EPOCH, Duration.ZERO);
  }
}
