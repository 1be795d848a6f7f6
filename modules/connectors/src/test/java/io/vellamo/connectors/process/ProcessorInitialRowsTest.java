package io.vellamo.connectors.process;

import static io.vellamo.connectors.process.ProcessorRun.second;
import static io.vellamo.connectors.process.ProcessorRun.seconds;
import static io.vellamo.connectors.process.ProcessorRun.timed;
import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.api.EventStream;
import io.vellamo.api.GroupedStream;
import io.vellamo.api.QueryBuilder;
import io.vellamo.api.group.InitialState;
import io.vellamo.api.group.KeyValue;
import io.vellamo.api.process.EventTimer;
import io.vellamo.api.process.GroupContext;
import io.vellamo.api.process.InitialRowFunction;
import io.vellamo.api.process.ListVariable;
import io.vellamo.api.process.MapVariable;
import io.vellamo.api.process.ProcessingTimer;
import io.vellamo.api.process.ValueVariable;
import io.vellamo.api.process.Variables;
import io.vellamo.api.query.ErrorPolicy;
import io.vellamo.api.query.OutputMode;
import io.vellamo.testkit.StreamingQueryHarness;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Initial rows of processors, of which a group may have several. */
final class ProcessorInitialRowsTest {
  private static final ValueVariable<Integer> SUM = Variables.value("sum", Integer.class);
  private static final ListVariable<Integer> LIST = Variables.list("list", Integer.class);
  private static final MapVariable<String, Integer> MAP =
      Variables.map("map", String.class, Integer.class);
  private static final ProcessingTimer CLOCK = ProcessingTimer.named("clock");
  private static final EventTimer EVENT = EventTimer.named("event");

  private List<KeyValue<String, Integer>> rows = new ArrayList<>();

  @Test
  void t15_initialRows_areTakenOnce() {
    initial("init_1", 40);
    initial("init_2", 100);
    StreamingQueryHarness<Input, String> query =
        start(
            Functions.<Input>of(SUM).onEach(ProcessorInitialRowsTest::sum),
            (k, row, group) -> group.value(SUM).update(row));

    query.add(Input.at("init_1", 50), Input.at("init_2", 60), Input.at("init_1", 50));
    query.expectGroups(2).expectChanges(2, 0).add(Input.of("init_1", "read"));
    query.expectRows("init_1=140").restart();
    query.add(Input.of("init_2", "read")).expectRows("init_2=160").close();
  }

  @Test
  void t16_initialRows_fillAllKindsOfVariables() {
    initial("a", 1);
    initial("a", 2);
    initial("b", 3);
    initial("a", 2);
    StreamingQueryHarness<Input, String> query =
        start(
            Functions.<Input>of(SUM, LIST, MAP)
                .onEach(
                    (event, group) ->
                        group.emit(
                            event.key()
                                + group.value(SUM).orElse(-1)
                                + all(group.list(LIST))
                                + group.map(MAP).size()
                                + all(group.map(MAP).keys()))),
            (key, row, group) -> {
              group.value(SUM).update(group.value(SUM).orElse(0) + row);
              group.list(LIST).append(row);
              group.map(MAP).put("k" + row, row);
            });

    query.add(Input.of("a", "")).expectRows("a5[1, 2, 2]2[k1, k2]").expectGroups(2).restart();
    query.add(Input.of("a", ""), Input.of("b", ""), Input.of("c", ""));
    query.expectRows("a5[1, 2, 2]2[k1, k2]", "b3[3]1[k3]", "c-1[]0[]").expectGroups(2).close();
  }

  @Test
  void t17_initialRows_withTimersInProcessingTime() {
    initial("a", 0);
    initial("b", 0);
    StreamingQueryHarness<Input, String> query =
        start(
            Functions.<Input>of(SUM)
                .with(CLOCK)
                .onEvents(
                    (key, events, group) -> {
                      int count = group.value(SUM).orElse(0);
                      for (; events.hasNext(); events.next()) {
                        count++;
                      }
                      if (key.equals("a")) {
                        group.timers(CLOCK).setAfter(seconds(5));
                      }
                      group.value(SUM).update(count);
                      group.emit(key + count);
                    })
                .onTimers(
                    (key, timer, group) -> {
                      group.value(SUM).remove();
                      group.emit(key + "-1");
                    }),
            (key, row, group) -> {
              group.value(SUM).update(1);
              if (key.equals("a")) {
                group.timers(CLOCK).setAfter(seconds(5));
              }
            });

    query.advance(seconds(1)).add(Input.of("c", "")).expectRows("c1").expectGroups(3);
    query.advance(seconds(6)).add(Input.of("c", "")).expectRows("a-1", "c2").expectGroups(2);
    query.advance(seconds(1)).add(Input.of("a", ""), Input.of("a", "")).expectRows("a2").restart();
    query.advance(seconds(8)).add(Input.of("b", "")).expectRows("a-1", "b2").close();
  }

  @Test
  void t18_initialRows_withTimersInEventTime() {
    initial("a", 11);
    initial("b", 5);
    StreamingQueryHarness<Input, String> query =
        start(
            inputs -> timed(inputs, seconds(10)),
            Functions.<Input>of(SUM)
                .with(EVENT)
                .onEvents(
                    (key, events, group) -> {
                      int latest = group.value(SUM).orElse(0);
                      while (events.hasNext()) {
                        latest = Math.max(latest, (int) events.next().second());
                      }
                      group.value(SUM).update(latest);
                      group.timers(EVENT).set(second(latest + 5));
                      group.emit(key + latest);
                    })
                .onTimers(
                    (key, timer, group) -> {
                      group.value(SUM).remove();
                      group.emit(key + "-1");
                    }),
            (key, row, group) -> {
              group.value(SUM).update(row);
              group.timers(EVENT).set(second(row + 5));
            },
            UnaryOperator.identity());

    query.add(Input.at("a", 13), Input.at("a", 15)).expectRows("a15").restart();
    query.add(Input.at("c", 7)).expectRows("c7");
    query.add(Input.at("d", 31)).expectRows("a-1", "b-1", "c-1", "d31").close();
  }

  @Test
  void timersOfInitialRows_thatAreDue_fireInTheFirstEpoch() {
    initial("a", 1);
    initial("b", 1);
    StreamingQueryHarness<Input, String> query =
        start(
            Functions.<Input>of(LIST)
                .with(CLOCK)
                .onEach((event, group) -> group.list(LIST).append(2))
                .onTimers(
                    (key, timer, group) -> group.emit(key + timer.tag() + all(group.list(LIST)))),
            (key, row, group) -> {
              group.list(LIST).append(row);
              group.timers(CLOCK).setAfter("x", seconds(0));
              group.timers(CLOCK).setAfter("y", seconds(9));
            });

    query.add(Input.of("a", ""));

    query.expectRows("aOptional[x][1, 2]", "bOptional[x][1]").expectChanges(2, 0);
    assertThat(query.query().recentProgress()).hasSize(1);
    query.restart().advance(seconds(9));
    query.expectRows("aOptional[y][1, 2]", "bOptional[y][1]").close();
  }

  @Test
  void initialRows_beforeEventsThatAreLeftOut_areKeptOnce() {
    initial("a", 1);
    StreamingQueryHarness<Input, String> query =
        start(
            ProcessorRun::byKey,
            Functions.<Input>of(LIST)
                .with(CLOCK)
                .onEach(
                    (event, group) -> {
                      if (event.text().equals("bad")) {
                        throw new IllegalStateException("bad");
                      }
                      group.list(LIST).append((int) event.second());
                      group.timers(CLOCK).setAfter(seconds(0));
                    })
                .onTimers((key, timer, group) -> group.emit(key + all(group.list(LIST)))),
            (key, row, group) -> group.list(LIST).append(row),
            builder -> builder.onError(ErrorPolicy.deadLetter()));

    query.add(Input.at("a", 2), Input.of("a", "bad"), Input.at("a", 3));

    query.expectRows("a[1, 2, 3]").restart().add(Input.at("a", 4)).expectRows("a[1, 2, 3, 4]");
    query.close();
  }

  @Test
  void initialRows_ofAGroupThatIsParked_areKept() {
    initial("a", 1);
    AtomicBoolean isBad = new AtomicBoolean(true);
    StreamingQueryHarness<Input, String> query =
        start(
            ProcessorRun::byKey,
            Functions.<Input>of(LIST)
                .onEach(
                    (event, group) -> {
                      if (isBad.get()) {
                        throw new IllegalStateException("bad");
                      }
                      group.list(LIST).append(2);
                      group.emit(event.key() + all(group.list(LIST)));
                    }),
            (key, row, group) -> group.list(LIST).append(row),
            builder -> builder.onError(ErrorPolicy.park()));
    query.add(Input.of("a", "")).expectNoRows().expectGroups(1);
    isBad.set(false);

    query.query().redrive("a");
    query.drain().expectRows("a[1, 2]").close();
  }

  @Test
  void initialRow_whoseFunctionThrows_failsTheQuery_underEachPolicy() {
    initial("a", 1);
    AtomicBoolean isBad = new AtomicBoolean(true);
    AtomicInteger reads = new AtomicInteger();
    StreamingQueryHarness<Input, String> query =
        start(
            ProcessorRun::byKey,
            Functions.<Input>of(SUM).onEach(ProcessorInitialRowsTest::sum),
            (key, row, group) -> {
              reads.incrementAndGet();
              if (isBad.get()) {
                throw new IllegalStateException("bad row");
              }
              group.value(SUM).update(row);
            },
            builder -> builder.onError(ErrorPolicy.deadLetter()));
    query.addFailing(
        "the function threw [java.lang.IllegalStateException] for group [a], called for its initial"
            + " rows: bad row",
        Input.of("a", "read"));
    isBad.set(false);

    query.resume().expectRows("a=1").close();
    assertThat(reads).hasValue(2);
  }

  @Test
  void initialRows_mayEmitRows_andRemoveAll() {
    initial("a", 1);
    initial("a", 2);
    StreamingQueryHarness<Input, String> query =
        start(
            Functions.<Input>of(SUM).onEach(ProcessorInitialRowsTest::sum),
            (key, row, group) -> {
              group.emit(key + row + group.value(SUM).exists());
              group.value(SUM).update(row);
              if (row == 2) {
                group.value(SUM).remove();
              }
            });

    query.add(Input.of("b", "read")).expectRows("a1false", "a2true", "b=-1").expectGroups(0);
    query.restart().add(Input.of("a", "read")).expectRows("a=-1").close();
  }

  private void initial(String key, int row) {
    rows.add(new KeyValue<>(key, row));
  }

  private StreamingQueryHarness<Input, String> start(
      Functions<Input> processor, InitialRowFunction<String, Integer, String> onInitialRow) {
    return start(ProcessorRun::byKey, processor, onInitialRow, UnaryOperator.identity());
  }

  private StreamingQueryHarness<Input, String> start(
      Function<EventStream<Input>, GroupedStream<String, Input>> groups,
      Functions<Input> processor,
      InitialRowFunction<String, Integer, String> onInitialRow,
      UnaryOperator<QueryBuilder> settings) {
    return ProcessorRun.start(
        inputs ->
            groups
                .apply(inputs)
                .withInitialState(InitialState.of(Integer.class, rows))
                .process(OutputMode.UPDATE, processor, onInitialRow),
        settings);
  }

  private static void sum(Input event, GroupContext<String> group) {
    if (event.text().equals("read")) {
      group.emit(event.key() + "=" + group.value(SUM).orElse(-1));
    } else {
      group.value(SUM).update(group.value(SUM).orElse(0) + (int) event.second());
    }
  }

  private static <T> List<T> all(Iterable<T> elements) {
    List<T> all = new ArrayList<>();
    elements.forEach(all::add);
    return all;
  }
}
