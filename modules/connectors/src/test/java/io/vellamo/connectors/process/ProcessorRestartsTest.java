package io.vellamo.connectors.process;

import static io.vellamo.connectors.process.ProcessorRun.byKey;
import static io.vellamo.connectors.process.ProcessorRun.seconds;
import static io.vellamo.connectors.process.ProcessorRun.start;
import static io.vellamo.connectors.process.ProcessorRun.timed;
import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.api.EventStream;
import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.group.StateType;
import io.vellamo.api.process.EventTimer;
import io.vellamo.api.process.GroupContext;
import io.vellamo.api.process.GroupProcessor;
import io.vellamo.api.process.ListVariable;
import io.vellamo.api.process.MapVariable;
import io.vellamo.api.process.ProcessingTimer;
import io.vellamo.api.process.ValueVariable;
import io.vellamo.api.process.Variables;
import io.vellamo.api.query.OutputMode;
import io.vellamo.testkit.StreamingQueryHarness;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Queries whose processor is another one after a restart. */
final class ProcessorRestartsTest {
  /** Orders as an earlier program wrote them. */
  record EuroOrder(String shop, int euros) {}

  /** Orders with a property that was added, and one whose type changed. */
  record CentOrder(String shop, long cents, @Nullable String note) {}

  /** The order of an earlier program with a property that was added. */
  record NotedOrder(String shop, int euros, @Nullable String note) {}

  private static final StateType<CentOrder> CENTS =
      StateType.of(CentOrder.class)
          .migration(
              1,
              order -> {
                order.put("cents", 100 * ((Number) order.remove("euros")).longValue());
                return order;
              });
  private static final ValueVariable<Integer> COUNT = Variables.value("count", Integer.class);
  private static final ValueVariable<String> TEXT = Variables.value("text", String.class);
  private static final ProcessingTimer CLOCK = ProcessingTimer.named("clock");

  // The pipeline of the next start.
  private Function<EventStream<Input>, EventStream<String>> pipeline =
      inputs -> inputs.map(Input::text);

  @Test
  void t09_variableThatIsNoLongerDeclared_isDropped() {
    StreamingQueryHarness<Input, String> query = startWith(countAndText());
    query.add(Input.of("a", "str1")).expectRows("a1 none").stop();
    with(textOnly());

    query.resume().add(Input.of("a", "str2"), Input.of("b", "str3"));

    query.expectRows("a str1", "b none").expectGroups(2).close();
  }

  @Test
  void variableThatIsDeclaredAgain_isEmpty() {
    StreamingQueryHarness<Input, String> query = startWith(countAndText());
    query.add(Input.of("a", "x")).expectRows("a1 none").stop();
    with(textOnly());
    query.resume().add(Input.of("a", "y")).expectRows("a x").stop();
    with(countAndText());

    query.resume().add(Input.of("a", "z")).expectRows("a1 y").restart();
    query.add(Input.of("a", "z")).expectRows("a2 z").close();
  }

  @Test
  void variableThatIsDeclaredAgain_withoutEventsMeanwhile_isEmpty() {
    StreamingQueryHarness<Input, String> query = startWith(countAndText());
    query.add(Input.of("a", "x")).expectRows("a1 none").stop();
    with(textOnly());
    query.resume().stop();
    with(countAndText());

    query.resume().add(Input.of("a", "z")).expectRows("a1 x").close();
  }

  @Test
  void variableThatIsDeclaredAgain_mayHaveAnotherKind() {
    StreamingQueryHarness<Input, String> query = startWith(countAndText());
    query.add(Input.of("a", "x")).stop();
    with(textOnly());
    query.resume().stop();
    ListVariable<String> list = Variables.list("count", String.class);
    with(
        Functions.<Input>of(TEXT, list)
            .onEach(
                (event, group) -> {
                  group.emit(group.value(TEXT).get() + group.list(list).size());
                  group.list(list).append(event.text());
                }));

    query.expectRows("a1 none").resume().add(Input.of("a", "y"), Input.of("a", "y"));
    query.expectRows("x0", "x1").close();
  }

  @Test
  void groupsWithDroppedVariablesOnly_areForgotten() {
    StreamingQueryHarness<Input, String> query =
        startWith(
            Functions.<Input>of(COUNT, TEXT)
                .onEach(
                    (event, group) -> {
                      if (event.key().equals("a")) {
                        group.value(COUNT).update(1);
                      } else {
                        group.value(TEXT).update(event.text());
                        group.value(COUNT).update(1);
                      }
                    }));
    query.add(Input.of("a", "x"), Input.of("b", "x")).expectGroups(2).stop();
    with(
        Functions.<Input>of(TEXT)
            .onEach(
                (event, group) -> {
                  group.value(TEXT).remove();
                  group.emit("removed");
                }));

    query.resume().add(Input.of("b", "x")).expectRows("removed").expectGroups(0).close();
  }

  @Test
  void t12_newVariable_isEmpty() {
    StreamingQueryHarness<Input, String> query = startWith(textOnly());
    query.add(Input.of("a", "x")).expectRows("a none").stop();
    with(countAndText());

    query.resume().add(Input.of("a", "y")).expectRows("a1 x").restart();
    query.add(Input.of("a", "y")).expectRows("a2 y").close();
  }

  @Test
  void t12_variableOfAnotherKind_isRefused() {
    StreamingQueryHarness<Input, String> query = startWith(countAndText());
    query.add(Input.of("a", "x")).expectRows("a1 none").stop();

    refused(
        query,
        Functions.of(Variables.list("count", Integer.class)),
        "variable or timer [count] of operator [process] must be [VALUE], as in the journal, is"
            + " [LIST]; change it back, or use a new name and lose its values");
    refused(
        query,
        Functions.of(Variables.map("count", String.class, Integer.class)),
        "must be [VALUE], as in the journal, is [MAP]");
    refused(
        query,
        Functions.of(COUNT.expiresAfterWrite(seconds(1))),
        "must be [VALUE], as in the journal, is [VALUE in PROCESSING_TIME]");
    refused(
        query,
        Functions.<Input>of().with(ProcessingTimer.named("count")),
        "must be [VALUE], as in the journal, is [TIMERS in PROCESSING_TIME]");
    with(countAndText());
    query.resume().add(Input.of("a", "x")).expectRows("a2 x").close();
  }

  @Test
  void mapWithKeysOfAnotherClass_isRefused() {
    StreamingQueryHarness<Input, String> query = startWith(counts(String.class, Input::text));
    query.add(Input.of("a", "x")).expectRows("x").stop();

    refused(
        query,
        counts(Integer.class, input -> input.text().length()),
        "keys of map [counts] must have class [java.lang.Integer], stored ones have"
            + " [java.lang.String]; declare the class of the stored keys, or a map of another name");
    refused(
        query,
        counts(EuroOrder.class, input -> new EuroOrder(input.text(), 1)),
        "keys of map [counts] must have class ["
            + EuroOrder.class.getName()
            + "], stored ones have");
    with(counts(String.class, Input::text));
    query.resume().add(Input.of("a", "x")).expectRows("x").close();
  }

  private static <A> GroupProcessor<String, Input, String> counts(
      Class<A> keyClass, Function<Input, A> key) {
    MapVariable<A, Integer> counts = Variables.map("counts", keyClass, Integer.class);
    return Functions.<Input>of(counts)
        .onEach(
            (event, group) -> {
              group.map(counts).put(key.apply(event), 1);
              group.emit(event.text());
            });
  }

  /** Spark refuses another time mode of the operator; here each timer has a clock. */
  @Test
  void t12_timerOfAnotherClock_isRefused() {
    StreamingQueryHarness<Input, String> query =
        startWith(Functions.<Input>of().with(EventTimer.named("clock")));
    query.add(Input.of("a", "x")).stop();

    refused(
        query,
        Functions.<Input>of().with(CLOCK),
        "variable or timer [clock] of operator [process] must be [TIMERS in EVENT_TIME], as in the"
            + " journal, is [TIMERS in PROCESSING_TIME]");
    query.close();
  }

  /** Spark refuses another output mode; here it does not change what is stored. */
  @Test
  void t12_anotherOutputMode_isAccepted() {
    StreamingQueryHarness<Input, String> query = startWith(countAndText());
    query.add(Input.of("a", "x")).expectRows("a1 none").stop();
    pipeline = inputs -> byKey(inputs).process(OutputMode.UPDATE, countAndText());

    query.resume().add(Input.of("a", "x")).expectRows("a2 x").close();
  }

  @Test
  void t12_processorInsteadOfAFunction_isRefused_andTheOtherWayRound() {
    pipeline =
        inputs ->
            byKey(inputs)
                .flatMapGroupsWithState(
                    OutputMode.APPEND,
                    GroupStateTimeout.NONE,
                    Integer.class,
                    (key, events, state) -> List.of(key).iterator())
                .named("op");
    StreamingQueryHarness<Input, String> query = start(inputs -> pipeline.apply(inputs));
    query.add(Input.of("a", "x")).expectRows("a").stop();
    Function<EventStream<Input>, EventStream<String>> function = pipeline;
    pipeline = inputs -> byKey(inputs).process(OutputMode.APPEND, countAndText()).named("op");
    query.expectFailure(
        Throwable.class,
        "operator [op] must have a single state, not variables as process and windows do",
        StreamingQueryHarness::resume);
    pipeline = function;
    query.resume().add(Input.of("a", "x")).expectRows("a").close();
  }

  @Test
  void expiryThatChangesItsDuration_concernsNewValues() {
    StreamingQueryHarness<Input, String> query = startWith(expiring(10));
    query.add(Input.of("a", "x")).expectRows("none").stop();
    with(expiring(60));

    query.resume().advance(seconds(5)).add(Input.of("b", "x")).expectRows("none");
    query.advance(seconds(5)).add(Input.of("a", "y")).expectRows("none");
    query.add(Input.of("b", "y")).expectRows("x").advance(seconds(59)).add(Input.of("a", "z"));
    query.expectRows("y").close();
  }

  private static Functions<Input> expiring(long seconds) {
    ValueVariable<String> expiring = TEXT.expiresAfterWrite(seconds(seconds));
    return Functions.<Input>of(expiring)
        .onEach(
            (event, group) -> {
              group.emit(group.value(expiring).orElse("none"));
              group.value(expiring).update(event.text());
            });
  }

  @Test
  void t31_mapValuesAndElements_areMigratedOneByOne() {
    StreamingQueryHarness<Input, String> query = startWith(orders(EuroOrder.class));
    query.add(Input.of("a", "x")).add(Input.of("a", "y"), Input.of("b", "z")).stop();
    query.expectRows("1 1", "2 2", "1 1");
    with(migrated());

    query.resume().add(Input.of("a", "read"));
    query.expectRows(
        "[CentOrder[shop=x, cents=700, note=null], CentOrder[shop=y, cents=700, note=null]] 2");
    query.add(Input.of("a", "x")).restart().add(Input.of("a", "read"));
    query.expectRows(
        "[CentOrder[shop=x, cents=1, note=new], CentOrder[shop=y, cents=700, note=null]] 3");
    query.close();
  }

  @Test
  void t31_propertyThatIsAdded_isAbsentInOldValues_withoutAMigration() {
    StreamingQueryHarness<Input, String> query = startWith(orders(EuroOrder.class));
    query.add(Input.of("a", "x")).expectRows("1 1").stop();
    MapVariable<String, NotedOrder> map = Variables.map("map", String.class, NotedOrder.class);
    ListVariable<NotedOrder> list = Variables.list("list", NotedOrder.class);
    with(
        Functions.<Input>of(map, list)
            .onEach(
                (event, group) -> {
                  group.list(list).append(new NotedOrder(event.text(), 8, "new"));
                  group.emit(group.map(map).get("x") + " " + all(group.list(list)));
                }));

    query.resume().add(Input.of("a", "y"));

    query.expectRows(
        "Optional[NotedOrder[shop=x, euros=7, note=null]] [NotedOrder[shop=x, euros=7, note=null],"
            + " NotedOrder[shop=y, euros=8, note=new]]");
    query.close();
  }

  @Test
  void t31_valuesThatCantBeRead_areRefusedAtTheStart() {
    StreamingQueryHarness<Input, String> query = startWith(orders(EuroOrder.class));
    query.add(Input.of("a", "x")).expectRows("1 1").stop();

    record Unlike(List<Integer> shop, int euros) {}
    refused(
        query,
        Functions.of(Variables.list("list", Unlike.class)),
        "the states of [1] groups of [1] can't be read, the first is that of group [a]");
    with(orders(EuroOrder.class));
    query.resume().add(Input.of("a", "x")).expectRows("1 2").close();
  }

  private static <T> Functions<Input> orders(Class<T> type) {
    MapVariable<String, T> map = Variables.map("map", String.class, type);
    ListVariable<T> list = Variables.list("list", type);
    return Functions.<Input>of(map, list)
        .onEach(
            (event, group) -> {
              T order = type.cast(new EuroOrder(event.text(), 7));
              group.map(map).put(event.text(), order);
              group.list(list).append(order);
              group.emit(group.map(map).size() + " " + group.list(list).size());
            });
  }

  private static Functions<Input> migrated() {
    MapVariable<String, CentOrder> map = Variables.map("map", String.class, CENTS);
    ListVariable<CentOrder> list = Variables.list("list", CENTS);
    return Functions.<Input>of(map, list)
        .onEach(
            (event, group) -> {
              if (event.text().equals("read")) {
                group.emit(all(group.map(map).values()) + " " + all(group.list(list)).size());
              } else {
                CentOrder order = new CentOrder(event.text(), 1, "new");
                group.map(map).put(event.text(), order);
                group.list(list).append(order);
              }
            });
  }

  private static <T> List<T> all(Iterable<T> elements) {
    List<T> all = new ArrayList<>();
    elements.forEach(all::add);
    return all;
  }

  private static Functions<Input> countAndText() {
    return Functions.<Input>of(COUNT, TEXT)
        .onEach(
            (event, group) -> {
              group.value(COUNT).update(group.value(COUNT).orElse(0) + 1);
              group.emit(event.key() + group.value(COUNT).get() + " " + exchange(event, group));
            });
  }

  private static Functions<Input> textOnly() {
    return Functions.<Input>of(TEXT)
        .onEach((event, group) -> group.emit(event.key() + " " + exchange(event, group)));
  }

  private static String exchange(Input event, GroupContext<String> group) {
    Optional<String> before = group.value(TEXT).optional();
    group.value(TEXT).update(event.text());
    return before.orElse("none");
  }

  private StreamingQueryHarness<Input, String> startWith(
      GroupProcessor<String, Input, String> processor) {
    with(processor);
    return start(inputs -> pipeline.apply(inputs));
  }

  private void with(GroupProcessor<String, Input, String> processor) {
    pipeline = inputs -> timed(inputs, seconds(0)).process(OutputMode.APPEND, processor);
  }

  private void refused(
      StreamingQueryHarness<Input, String> query,
      GroupProcessor<String, Input, String> processor,
      String message) {
    with(processor);
    query.expectFailure(
        failure -> assertThat(failure).hasStackTraceContaining(message),
        StreamingQueryHarness::resume);
  }
}
