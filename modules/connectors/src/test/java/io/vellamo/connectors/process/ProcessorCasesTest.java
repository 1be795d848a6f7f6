package io.vellamo.connectors.process;

import static io.vellamo.connectors.process.ProcessorRun.byKey;
import static io.vellamo.connectors.process.ProcessorRun.second;
import static io.vellamo.connectors.process.ProcessorRun.seconds;
import static io.vellamo.connectors.process.ProcessorRun.start;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vellamo.api.process.EventTimer;
import io.vellamo.api.process.GroupContext;
import io.vellamo.api.process.ProcessingTimer;
import io.vellamo.api.process.Timer;
import io.vellamo.api.process.ValueVariable;
import io.vellamo.api.process.Variables;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.query.Trigger;
import io.vellamo.connectors.file.JsonLines;
import io.vellamo.connectors.memory.MemorySink;
import io.vellamo.connectors.memory.MemorySource;
import io.vellamo.testkit.StreamingQueryHarness;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Acceptance cases of processors: values, timers, inputs and errors. */
final class ProcessorCasesTest {
  private static final ValueVariable<Integer> COUNT = Variables.value("count", Integer.class);
  private static final ValueVariable<Instant> LATEST = Variables.value("latest", Instant.class);
  private static final ProcessingTimer ALARM = ProcessingTimer.named("alarm");
  private static final EventTimer END = EventTimer.named("end");

  @TempDir private Path directory;

  @Test
  void t01_runningCount_overRestarts() {
    StreamingQueryHarness<Input, String> query = start(countToThree());

    query.add(word("a")).expectRows("a1").expectGroups(1).expectChanges(1, 0);
    query.add(word("a"), word("b")).expectRows("a2", "b1").expectChanges(2, 0).restart();
    query.add(word("a"), word("b")).expectRows("b2").expectGroups(1).expectChanges(1, 1);
    query.restart().add(word("a"), word("c")).expectRows("a1", "c1");
    query.expectGroups(3).expectChanges(2, 0).close();
  }

  @Test
  void t02_processingTimeTimer_firesOverRestartAndWithoutData() {
    StreamingQueryHarness<Input, String> query =
        start(
            counting()
                .with(ALARM)
                .onEvents(
                    (key, events, group) -> {
                      int count = count(key, events, group);
                      if (count == 1 && !key.equals("b")) {
                        group.timers(ALARM).setAfter(seconds(5));
                      }
                    })
                .onTimers(ProcessorCasesTest::end));

    query.advance(seconds(1)).add(word("a")).expectRows("a1");
    query.advance(seconds(1)).add(word("b")).expectRows("b1");
    query.advance(seconds(10)).add(word("b")).expectRows("a-1", "b2").expectGroups(1).restart();
    query.add(word("b")).advance(seconds(1)).add(word("c")).expectRows("b3", "c1");
    query.advance(seconds(10)).add(word("d")).expectRows("c-1", "d1").close();
  }

  @Test
  void t03_timerThatIsSetAgain_firesOnceAtItsNewTime() {
    StreamingQueryHarness<Input, String> query =
        start(
            counting()
                .with(ALARM)
                .onEvents(
                    (key, events, group) -> {
                      if (count(key, events, group) == 2) {
                        group.timers(ALARM).cancel();
                        group.timers(ALARM).setAfter(Duration.ofMillis(7500));
                      } else if (key.equals("a")) {
                        group.timers(ALARM).setAfter(seconds(5));
                      }
                    })
                .onTimers(ProcessorCasesTest::end));

    query.advance(seconds(1)).add(word("a")).expectRows("a1");
    query.advance(seconds(2)).add(word("a")).expectRows("a2").restart();
    query.advance(seconds(7)).expectNoRows();
    query.advance(seconds(3)).add(word("d")).expectRows("a-1", "d1").close();
  }

  @Test
  void t04_severalTimers_fireInOrder_eachOnce() {
    StreamingQueryHarness<Input, String> query =
        start(
            counting()
                .with(ALARM)
                .onEvents(
                    (key, events, group) -> {
                      count(key, events, group);
                      for (int i = 5; i <= 15; i += 5) {
                        group.timers(ALARM).setAfter("after " + i, seconds(i));
                      }
                    })
                .onTimers(
                    (key, timer, group) -> {
                      add(key, 1, group);
                      if (group.timers(ALARM).pending().isEmpty()) {
                        group.value(COUNT).remove();
                      }
                    }));

    query.advance(seconds(1)).add(word("a")).expectRows("a1");
    query.advance(seconds(6)).expectRows("a2");
    query.advance(seconds(5)).expectRows("a3").restart().expectGroups(1);
    query.advance(seconds(5)).expectRows("a4").expectGroups(0).close();
  }

  @Test
  void t05_eventTimeTimer_firesWhenTheWatermarkHasReachedIt() {
    StreamingQueryHarness<Input, String> query = start(seconds(10), latestWithin(seconds(5)));

    query.add(Input.at("a", 11), Input.at("a", 13), Input.at("a", 15)).expectRows("a15");
    query.add(Input.at("a", 4)).expectNoRows().expectLate(1);
    query.add(Input.at("a", 10)).expectRows("a15").expectLate(0);
    query.add(Input.at("b", 31)).expectRows("a-1", "b31").expectGroups(1).close();
  }

  @Test
  void eventTimeTimer_equalToTheWatermark_fires_unlikeATimeout() {
    StreamingQueryHarness<Input, String> query = start(seconds(10), latestWithin(seconds(5)));

    query.add(Input.at("a", 15)).expectRows("a15");
    query.add(Input.at("b", 29)).expectRows("b29");
    query.add(Input.at("b", 30)).expectRows("b30", "a-1").close();
  }

  /** Spark counts registered timers; here the groups that they keep are counted. */
  @Test
  void t06_timersAlone_keepTheirGroup() {
    StreamingQueryHarness<Input, String> query =
        start(
            Functions.<Input>of()
                .with(ALARM)
                .onEvents(
                    (key, events, group) -> {
                      events.forEachRemaining(event -> {});
                      if (!key.equals("c")) {
                        group.timers(ALARM).setAfter(seconds(10));
                      }
                    })
                .onTimers((key, timer, group) -> group.emit(key)));

    query.add(word("a")).expectGroups(1).expectChanges(1, 0);
    query.advance(seconds(1)).add(word("b")).expectGroups(2).expectChanges(1, 0).restart();
    query.advance(seconds(10)).add(word("c")).expectRows("a", "b");
    query.expectGroups(0).expectChanges(0, 2).close();
  }

  /** Rows are emitted instead of being returned: nothing is lazy. */
  @Test
  void t07_timerAtTheBeginningOfTime_firesInTheEpochOfTheEvent() {
    StreamingQueryHarness<Input, String> query =
        start(
            seconds(0),
            Functions.<Input>of(COUNT)
                .with(END)
                .onEach(
                    (event, group) -> {
                      group.value(COUNT).update(42);
                      group.timers(END).set(Instant.EPOCH);
                      group.emit("" + event.second());
                    })
                .onTimers((key, timer, group) -> group.emit("" + group.value(COUNT).get())));

    query.add(Input.at("a", 12)).expectRows("12", "42").close();
  }

  @Test
  void t10_severalStreams_shareTheVariables() {
    List<MemorySource<Input>> sources =
        List.of(MemorySource.create(), MemorySource.create(), MemorySource.create());
    MemorySink<String> rows = MemorySink.create();
    StreamingQueryHarness<Input, String> query =
        StreamingQueryHarness.<Input, String>builder(
                rows::rows,
                begin ->
                    byKey(
                            begin
                                .from(sources.get(0))
                                .union(begin.from(sources.get(1)))
                                .union(begin.from(sources.get(2))))
                        .process(OutputMode.UPDATE, countToThree())
                        .to(rows))
            .feed("1", Input.class, events -> sources.get(0).addTo(0, events))
            .feed("2", Input.class, events -> sources.get(1).addTo(0, events))
            .feed("3", Input.class, events -> sources.get(2).addTo(0, events))
            .start();

    query.addTo("1", word("a")).expectRows("a1");
    query.addTo("2", word("a"), word("b")).expectRows("a2", "b1");
    query.addTo("3", word("a"), word("b")).expectRows("b2").stop();
    query.addTo("1", word("d"), word("e")).addTo("2", word("a"), word("c")).resume();
    query.expectRows("a1", "c1", "d1", "e1");
    query.addTo("3", word("a"), word("c"), word("d"), word("e"));
    query.expectRows("a2", "c2", "d2", "e2").close();
  }

  @Test
  void t11_availableNow_processesNewFilesOnly() throws Exception {
    MemorySink<String> rows = MemorySink.create();
    write("a");
    write("b");
    write("c");
    StreamingQueryHarness<Input, String> query =
        StreamingQueryHarness.<Input, String>builder(
                rows::rows,
                begin ->
                    byKey(begin.from(JsonLines.source(directory, Input.class)))
                        .process(OutputMode.UPDATE, countToThree())
                        .to(rows)
                        .maxEventsPerEpoch(1)
                        .trigger(Trigger.availableNow()))
            .start();

    query.expectRows("a1", "b1", "c1").expectEnded();
    assertThat(query.query().recentProgress()).hasSize(3);
    write("d");
    query.restart().expectRows("d1").expectEnded().restart().expectNoRows().close();
  }

  @Test
  void t13_undeclaredVariable_isRefusedByName() {
    StreamingQueryHarness<Input, String> query =
        start(Functions.<Input>of(COUNT).onEach((event, group) -> group.value(LATEST).exists()));

    query.addFailing(
        "variable [latest] must be declared, declared are [count]; pass the same constant to"
            + " use(...) in declare",
        word("a"));
    query.expectNoRows().close();
  }

  @Test
  void t13_variableOfTheSameName_isNotTheDeclaredOne() {
    StreamingQueryHarness<Input, String> query =
        start(
            Functions.<Input>of(COUNT.expiresAfterWrite(seconds(1)))
                .onEach((event, group) -> group.value(COUNT).exists()));

    query.addFailing(
        "variable [count] must be the constant that is declared, was another one of that name",
        word("a"));
    query.close();
  }

  @Test
  void t13_undeclaredTimer_isRefusedByName() {
    StreamingQueryHarness<Input, String> query =
        start(Functions.<Input>of(COUNT).onEach((event, group) -> group.timers(ALARM).pending()));

    query.addFailing("timer [alarm] must be declared, declared are [count]", word("a")).close();
  }

  /** Variables are read through the group of a call, so there is none to read in declare. */
  @Test
  void t13_variable_afterItsCall_isRefused() {
    Object[] kept = new Object[1];
    StreamingQueryHarness<Input, String> query =
        start(
            Functions.<Input>of(COUNT)
                .onEach(
                    (event, group) -> {
                      if (kept[0] instanceof GroupContext<?> before) {
                        before.value(COUNT).exists();
                      }
                      kept[0] = group;
                    }));

    query.add(word("a"));
    query.addFailing("A variable or timer was used after its call had ended", word("a")).close();
  }

  @Test
  void t13_exceptionOfAnyMethod_failsTheQuery() {
    StreamingQueryHarness<Input, String> query =
        start(
            Functions.<Input>of()
                .with(ALARM)
                .onEach(
                    (event, group) -> {
                      if (event.key().equals("bad")) {
                        throw new IllegalStateException("thrown by onEvents");
                      }
                      group.timers(ALARM).setAfter(seconds(1));
                    })
                .onTimers(
                    (key, timer, group) -> {
                      throw new IllegalStateException("thrown by onTimer");
                    }));

    query.add(word("a"));
    query.addFailing("thrown by onEvents", word("bad"));
    query.expectFailure(IllegalStateException.class, "thrown by onEvents", down -> down.resume());
    query.close();
    StreamingQueryHarness<Input, String> other =
        start(
            Functions.<Input>of()
                .with(ALARM)
                .onEach((event, group) -> group.timers(ALARM).setAfter(seconds(1)))
                .onTimers(
                    (key, timer, group) -> {
                      throw new IllegalStateException("thrown by onTimer");
                    }));
    other.add(word("a"));
    other.expectFailure(
        failure ->
            assertThat(failure)
                .hasMessageContaining("for group [a], called for a timer: thrown by onTimer"),
        down -> down.advance(seconds(1)));
    other.close();
  }

  @Test
  void t13_namesThatClash_areRefusedWhenTheQueryIsBuilt() {
    assertThatThrownBy(
            () -> start(Functions.<Input>of(COUNT, Variables.list("count", String.class))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must have different names, two are named [count]");
    assertThatThrownBy(() -> start(Functions.<Input>of(COUNT).with(ProcessingTimer.named("count"))))
        .hasMessageContaining("two are named [count]");
    assertThatThrownBy(() -> start(Functions.<Input>of(COUNT).with(END)))
        .hasMessageContaining("withWatermark");
  }

  @Test
  void t14_withoutTimersInEventTime_noEventIsLate() {
    StreamingQueryHarness<Input, String> query =
        start(
            seconds(10),
            Functions.<Input>of(LATEST)
                .with(ALARM)
                .onEvents(
                    (key, events, group) -> {
                      Instant first = group.value(LATEST).orElse(Instant.MAX);
                      while (events.hasNext()) {
                        Instant time = events.next().time();
                        first = time.isBefore(first) ? time : first;
                      }
                      group.value(LATEST).update(first);
                      group.emit("" + first.getEpochSecond());
                    }));

    query.add(Input.at("a", 11), Input.at("a", 13), Input.at("a", 15)).expectRows("11");
    query.add(Input.at("a", 4)).expectRows("4");
    query.add(Input.at("a", 1)).expectRows("1");
    query.add(Input.at("a", 85)).expectRows("1").expectLate(0).close();
  }

  @Test
  void t14_expiryInEventTime_makesEventsLate() {
    StreamingQueryHarness<Input, String> query =
        start(
            seconds(10),
            Functions.<Input>of(COUNT.expiresAfterWriteInEventTime(seconds(100)))
                .onEach((event, group) -> group.emit("" + event.second())));

    query.add(Input.at("a", 15)).expectRows("15").add(Input.at("a", 4)).expectNoRows();
    query.expectLate(1).add(Input.at("a", 5)).expectRows("5").expectLate(0).close();
  }

  @Test
  void nullKey_isAKey() {
    StreamingQueryHarness<Input, String> query =
        start(inputs -> inputs.groupByKey(Input::key).process(OutputMode.UPDATE, countToThree()));

    query.add(new Input(null, "", 0), word("a")).expectRows("null1", "a1").restart();
    query.add(new Input(null, "", 0)).expectRows("null2").close();
  }

  @Test
  void eventTime_isThatOfTheEventReadLast() {
    StreamingQueryHarness<Input, String> query =
        start(
            seconds(0),
            Functions.<Input>of()
                .with(END)
                .onEvents(
                    (key, events, group) -> {
                      group.emit("before " + at(group));
                      while (events.hasNext()) {
                        events.next();
                        group.emit(at(group));
                      }
                      group.timers(END).set(second(0));
                    })
                .onTimers((key, timer, group) -> group.emit("timer " + at(group))));

    query.add(Input.at("a", 7), Input.at("a", 9)).expectRows("before 7", "7", "9", "timer none");
    query.close();
  }

  private static String at(GroupContext<String> group) {
    return group.eventTime().map(time -> "" + time.getEpochSecond()).orElse("none");
  }

  @Test
  void absentValue_isNoDefault() {
    StreamingQueryHarness<Input, String> query =
        start(
            Functions.<Input>of(COUNT)
                .onEach(
                    (event, group) -> {
                      assertThat(group.value(COUNT).exists()).isFalse();
                      assertThat(group.value(COUNT).optional()).isEqualTo(Optional.empty());
                      assertThatThrownBy(() -> group.value(COUNT).get())
                          .isInstanceOf(NoSuchElementException.class);
                      assertThatThrownBy(() -> group.value(COUNT).update(null))
                          .isInstanceOf(IllegalArgumentException.class);
                      group.value(COUNT).update(0);
                      assertThat(group.value(COUNT).get()).isZero();
                      group.value(COUNT).remove();
                      group.value(COUNT).remove();
                      group.emit("seen");
                    }));

    query.add(word("a")).expectRows("seen").expectGroups(0).expectChanges(0, 0).close();
  }

  private void write(String name) throws Exception {
    String line = "{\"key\":\"%s\",\"text\":\"\",\"second\":0}\n".formatted(name);
    Files.writeString(directory.resolve(name + ".jsonl"), line);
  }

  private static Input word(String word) {
    return Input.of(word, "");
  }

  private static Functions<Input> counting() {
    return Functions.<Input>of(COUNT).onEvents(ProcessorCasesTest::count);
  }

  private static Functions<Input> countToThree() {
    return Functions.<Input>of(COUNT)
        .onEvents(
            (key, events, group) -> {
              events.forEachRemaining(event -> {});
              if (group.value(COUNT).orElse(0) == 2) {
                group.value(COUNT).remove();
              } else {
                add(key, 1, group);
              }
            });
  }

  private static int count(String key, Iterator<Input> events, GroupContext<String> group) {
    int count = 0;
    for (; events.hasNext(); events.next()) {
      count++;
    }
    return add(key, count, group);
  }

  private static int add(String key, int more, GroupContext<String> group) {
    int count = group.value(COUNT).orElse(0) + more;
    group.value(COUNT).update(count);
    group.emit(key + count);
    return count;
  }

  private static void end(String key, Timer timer, GroupContext<String> group) {
    group.value(COUNT).remove();
    group.emit(key + "-1");
  }

  private static Functions<Input> latestWithin(Duration patience) {
    return Functions.<Input>of(LATEST)
        .with(END)
        .onEvents(
            (key, events, group) -> {
              Instant latest = group.value(LATEST).orElse(Instant.EPOCH);
              while (events.hasNext()) {
                Instant time = events.next().time();
                latest = time.isAfter(latest) ? time : latest;
              }
              group.value(LATEST).update(latest);
              group.timers(END).set(latest.plus(patience));
              group.emit(key + latest.getEpochSecond());
            })
        .onTimers(
            (key, timer, group) -> {
              group.value(LATEST).remove();
              group.emit(key + "-1");
            });
  }
}
