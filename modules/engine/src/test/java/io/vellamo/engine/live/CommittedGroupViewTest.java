package io.vellamo.engine.live;

import static io.vellamo.engine.group.TestCodecs.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vellamo.api.process.EventTimer;
import io.vellamo.api.process.ListVariable;
import io.vellamo.api.process.MapVariable;
import io.vellamo.api.process.ProcessingTimer;
import io.vellamo.api.process.TimeDomain;
import io.vellamo.api.process.Timer;
import io.vellamo.api.process.ValueVariable;
import io.vellamo.api.process.Variables;
import io.vellamo.api.query.CommittedGroup;
import io.vellamo.api.query.ParkedGroup;
import io.vellamo.engine.group.TestCodecs;
import io.vellamo.engine.shard.GroupContent;
import io.vellamo.engine.shard.GroupContent.VariableContent;
import io.vellamo.engine.variable.EntryKey;
import io.vellamo.engine.variable.SlotEntry;
import io.vellamo.engine.variable.SlotType;
import io.vellamo.engine.variable.SlotType.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A group of an answer as its user reads it. */
final class CommittedGroupViewTest {
  private static final ValueVariable<Integer> LAST =
      Variables.value("last", Integer.class).expiresAfterWrite(Duration.ofMillis(10));
  private static final ListVariable<Integer> ALL = Variables.list("all", Integer.class);
  private static final MapVariable<String, Integer> COUNTS =
      Variables.map("counts", String.class, Integer.class);
  private static final EventTimer DUE = EventTimer.named("due");
  private static final ProcessingTimer IDLE = ProcessingTimer.named("idle");
  private static final long NOW = 1_000;

  private final LiveQuery states = LiveQuery.withStates("states");
  private final LiveQuery variables =
      LiveQuery.withVariables("variables", List.of(LAST, ALL, COUNTS), List.of(DUE, IDLE));
  private final LiveQuery results = LiveQuery.withResults("results");

  @Test
  void state_hasItsClassTimeoutAndEpoch() {
    CommittedGroup group = states.show(content("a", 7, 300L, List.of(), null), NOW).orElseThrow();

    assertThat(group.state(Integer.class)).contains(7);
    assertThat(group.state(Number.class)).contains(7);
    assertThat(group.timeout()).contains(Instant.ofEpochMilli(300));
    assertThat(group.key()).isEqualTo("a");
    assertThat(group.operator()).isEqualTo("states");
    assertThat(group.epoch()).isEqualTo(LiveQuery.EPOCH);
    assertThat(group.parked()).isEmpty();
    assertThat(group.results()).isEmpty();
    assertThat(group).hasToString("CommittedGroup[operator states, epoch 3]");
    assertThat(group.json()).isEqualTo("{states of epoch 3}");
  }

  @Test
  void state_ofAnotherClass_isRefused() {
    CommittedGroup group = states.show(content("a", 7, null, List.of(), null), NOW).orElseThrow();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> group.state(String.class))
        .withMessageContaining("[java.lang.Integer]")
        .withMessageContaining("was [java.lang.String]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> group.value(LAST))
        .withMessageContaining("must declare [last]");
  }

  @Test
  void parkedGroup_withoutAState_isShown_andAnEmptyOneIsNot() {
    ParkedGroup parked = new ParkedGroup("states", "a", 2, "E", Optional.of("m"), 1);

    assertThat(states.show(content("a", null, null, List.of(), parked), NOW))
        .hasValueSatisfying(
            group -> {
              assertThat(group.parked()).contains(parked);
              assertThat(group.state(Integer.class)).isEmpty();
              assertThat(group.timeout()).isEmpty();
            });
    assertThat(states.show(content("a", null, null, List.of(), null), NOW)).isEmpty();
  }

  @Test
  void variablesAndTimers_areReadByTheConstantsThatDeclareThem() {
    CommittedGroup group = variables.show(full(NOW + 1), NOW).orElseThrow();

    assertThat(group.value(LAST)).contains(5);
    assertThat(group.list(ALL)).containsExactly(1, 2);
    assertThat(group.map(COUNTS)).isEqualTo(Map.of("x", 8));
    assertThat(group.timers(DUE))
        .containsExactly(new Timer(DUE, Optional.empty(), Instant.ofEpochMilli(40)));
    assertThat(group.timers(IDLE))
        .containsExactly(new Timer(IDLE, Optional.of("t"), Instant.ofEpochMilli(60)));
    assertThat(group.results()).isEmpty();
  }

  @Test
  void entriesThatHaveExpired_areNotShown() {
    CommittedGroup group = variables.show(full(NOW), NOW).orElseThrow();
    GroupContent onlyExpired =
        content("a", null, null, List.of(full(NOW).variables().get(0)), null);

    assertThat(group.value(LAST)).isEmpty();
    assertThat(group.list(ALL)).containsExactly(1, 2);
    assertThat(variables.show(onlyExpired, NOW)).isEmpty();
  }

  /** Its entries stay in the journal until a program declares it again. */
  @Test
  void variableThatIsNotDeclaredAnyMore_isLeftOut() {
    VariableContent old =
        variable("old", new SlotType(Kind.VALUE, null), value(3, SlotEntry.NEVER));
    CommittedGroup group =
        variables.show(content("a", null, null, List.of(old), null), NOW).orElseThrow();

    assertThat(group.value(LAST)).isEmpty();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> group.value(Variables.value("old", Integer.class)))
        .withMessageContaining("[last, all, counts, due, idle]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> group.timers(EventTimer.named("old")))
        .withMessageContaining("timer [old] must be declared");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> group.value(Variables.value("last", Integer.class)))
        .withMessageContaining("must be the constant that is declared");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> group.state(Integer.class))
        .withMessageContaining("keeps variables");
  }

  @Test
  void results_areComputedFromTheState() {
    CommittedGroup group = results.show(content("a", 7, null, List.of(), null), NOW).orElseThrow();

    assertThat(group.results()).containsExactly("a has 7");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> group.state(Integer.class))
        .withMessageContaining("use results()");
  }

  @Test
  void results_thatCannotBeComputed_nameTheOperator() {
    CommittedGroup unchecked =
        results.show(content("a", -1, null, List.of(), null), NOW).orElseThrow();
    CommittedGroup checked =
        results.show(content("a", -2, null, List.of(), null), NOW).orElseThrow();

    assertThatThrownBy(unchecked::results).isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(checked::results)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "Operator [results] must be able to compute the results of a group, threw [java.io.IOException]");
  }

  private static GroupContent full(long lastExpires) {
    SlotType expiring = new SlotType(Kind.VALUE, TimeDomain.PROCESSING_TIME);
    SlotEntry first = new SlotEntry(EntryKey.NONE, 0, number(1), SlotEntry.NEVER);
    SlotEntry second = new SlotEntry(EntryKey.NONE, 1, number(2), SlotEntry.NEVER);
    SlotEntry count = new SlotEntry(EntryKey.of(key("x").bytes()), 0, number(8), SlotEntry.NEVER);
    SlotEntry due = new SlotEntry(EntryKey.NONE, 0, new byte[0], 40);
    SlotEntry idle = new SlotEntry(EntryKey.of(new byte[] {1, 't'}), 0, new byte[0], 60);
    return content(
        "a",
        null,
        null,
        List.of(
            variable("last", expiring, value(5, lastExpires)),
            variable("all", new SlotType(Kind.LIST, null), first, second),
            variable("counts", new SlotType(Kind.MAP, null), count),
            variable("due", new SlotType(Kind.TIMERS, TimeDomain.EVENT_TIME), due),
            variable("idle", new SlotType(Kind.TIMERS, TimeDomain.PROCESSING_TIME), idle)),
        null);
  }

  private static VariableContent variable(String name, SlotType type, SlotEntry... entries) {
    return new VariableContent(name, type, List.of(entries));
  }

  private static SlotEntry value(int number, long dueMillis) {
    return new SlotEntry(EntryKey.NONE, 0, number(number), dueMillis);
  }

  private static byte[] number(int number) {
    return TestCodecs.NUMBERS.write(number);
  }

  private static GroupContent content(
      String text,
      @Nullable Integer state,
      @Nullable Long timeoutMillis,
      List<VariableContent> variables,
      @Nullable ParkedGroup parked) {
    return GroupContent.of(
        key(text),
        Optional.ofNullable(state).map(CommittedGroupViewTest::number),
        timeoutMillis,
        variables,
        parked);
  }
}
