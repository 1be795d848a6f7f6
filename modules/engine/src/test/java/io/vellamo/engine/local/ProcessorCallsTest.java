package io.vellamo.engine.local;

import static io.vellamo.engine.local.ProcessorShard.BRIEF;
import static io.vellamo.engine.local.ProcessorShard.DUE;
import static io.vellamo.engine.local.ProcessorShard.IDLE;
import static io.vellamo.engine.local.ProcessorShard.LIST;
import static io.vellamo.engine.local.ProcessorShard.MAP;
import static io.vellamo.engine.local.ProcessorShard.RECENT;
import static io.vellamo.engine.local.ProcessorShard.SEEN;
import static io.vellamo.engine.local.ProcessorShard.VALUE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vellamo.api.process.EventTimer;
import io.vellamo.api.process.GroupContext;
import io.vellamo.api.process.ListState;
import io.vellamo.api.process.MapState;
import io.vellamo.api.process.Variables;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

/** The variables of a processor as seen within a call and in later calls. */
final class ProcessorCallsTest {
  @Test
  void value_isThereUntilItIsRemoved() throws Exception {
    ProcessorShard shard = ProcessorShard.open();

    shard.at(
        1,
        group -> {
          assertThat(group.value(VALUE).exists()).isFalse();
          assertThat(group.value(VALUE).orElse(5)).isEqualTo(5);
          assertThatThrownBy(() -> group.value(VALUE).get())
              .isInstanceOf(NoSuchElementException.class);
          group.value(VALUE).update(1);
          group.value(VALUE).update(2);
          assertThat(group.value(VALUE).get()).isEqualTo(2);
        });
    assertThat(shard.ledger().groups()).hasSize(1);
    shard.at(
        2,
        group -> {
          assertThat(group.value(VALUE).get()).isEqualTo(2);
          group.value(VALUE).remove();
          group.value(VALUE).remove();
          assertThat(group.value(VALUE).optional()).isEmpty();
        });

    assertThat(shard.ledger().groups()).isEmpty();
    assertThat(shard.ran().reply().removed()).isEqualTo(1);
  }

  @Test
  void list_keepsItsOrder_andIsDroppedFromTheFront() throws Exception {
    ProcessorShard shard = ProcessorShard.open();

    shard.at(
        1,
        group -> {
          ListState<Integer> list = group.list(LIST);
          assertThat(list).isEmpty();
          list.append(1);
          list.appendAll(List.of(2, 3));
          list.appendAll(list);
          list.keepLast(5);
          assertThat(list).containsExactly(2, 3, 1, 2, 3);
          list.keepLast(9);
        });
    shard.at(
        2,
        group -> {
          ListState<Integer> list = group.list(LIST);
          list.keepLast(2);
          list.append(4);
          assertThat(list.size()).isEqualTo(3);
          assertThat(list).containsExactly(2, 3, 4);
          list.replaceWith(List.of(7));
          list.append(8);
        });
    shard.at(3, group -> assertThat(group.list(LIST)).containsExactly(7, 8));
    shard.at(
        4,
        group -> {
          group.list(LIST).keepLast(0);
          assertThat(group.list(LIST).isEmpty()).isTrue();
          group.list(LIST).clear();
        });

    assertThat(shard.ledger().groups()).isEmpty();
  }

  @Test
  void map_iteratesInTheOrderOfFirstPuts() throws Exception {
    ProcessorShard shard = ProcessorShard.open();

    shard.at(
        1,
        group -> {
          MapState<String, Integer> map = group.map(MAP);
          map.put("a", 1);
          map.put("b", 2);
          map.put("c", 3);
          map.put("a", 4);
          map.remove("b");
          map.put("b", 5);
          map.remove("missing");
          assertThat(map.keys()).containsExactly("a", "c", "b");
        });
    shard.at(
        2,
        group -> {
          MapState<String, Integer> map = group.map(MAP);
          assertThat(map.putIfAbsent("a", 9)).isFalse();
          assertThat(map.putIfAbsent("d", 6)).isTrue();
          map.merge("a", 10, Integer::sum);
          map.remove("c");
          assertThat(map.entries())
              .containsExactly(Map.entry("a", 14), Map.entry("b", 5), Map.entry("d", 6));
          assertThat(map.values()).containsExactly(14, 5, 6);
          assertThat(map.get("c")).isEmpty();
          assertThat(map.containsKey("d")).isTrue();
          assertThat(map.size()).isEqualTo(3);
          map.put("c", 7);
          assertThat(map.keys()).containsExactly("a", "b", "d", "c");
          map.clear();
          assertThat(map.isEmpty()).isTrue();
          map.put("z", 1);
        });

    shard.at(3, group -> assertThat(group.map(MAP).keys()).containsExactly("z"));
  }

  @Test
  void map_isChangedDuringAnIteration() throws Exception {
    ProcessorShard shard = ProcessorShard.open();
    shard.at(
        1,
        group -> {
          for (int i = 0; i < 6; i++) {
            group.map(MAP).put("k" + i, i);
          }
        });

    shard.at(
        2,
        group -> {
          List<String> seen = new ArrayList<>();
          for (Map.Entry<String, Integer> entry : group.map(MAP).entries()) {
            seen.add(entry.getKey());
            group.map(MAP).remove(entry.getKey());
            group.map(MAP).put("n" + entry.getValue(), 0);
          }
          assertThat(seen).contains("k0", "k5").doesNotHaveDuplicates();
          assertThat(group.map(MAP).size()).isEqualTo(6);
        });

    shard.at(3, group -> assertThat(group.map(MAP).keys()).allMatch(key -> key.startsWith("n")));
  }

  @Test
  void entries_expireOneByOne_andReadsDoNotKeepThem() throws Exception {
    ProcessorShard shard = ProcessorShard.open();
    shard.at(
        100,
        group -> {
          group.value(BRIEF).update(1);
          group.list(RECENT).append(1);
          group.map(SEEN).put("a", 1);
        });
    shard.at(
        105,
        group -> {
          assertThat(group.value(BRIEF).get()).isEqualTo(1);
          group.list(RECENT).append(2);
          group.map(SEEN).put("b", 2);
        });

    shard.at(
        110,
        group -> {
          assertThat(group.value(BRIEF).exists()).isFalse();
          assertThat(group.list(RECENT)).containsExactly(2);
          assertThat(group.list(RECENT).size()).isEqualTo(1);
          assertThat(group.map(SEEN).keys()).containsExactly("b");
          group.map(SEEN).put("a", 3);
          assertThat(group.map(SEEN).keys()).containsExactly("b", "a");
          assertThat(group.map(SEEN).size()).isEqualTo(2);
        });
    shard.at(200);

    assertThat(shard.ledger().groups()).isEmpty();
  }

  @Test
  void badArguments_areRefused() throws Exception {
    ProcessorShard.open()
        .at(
            1,
            group -> {
              refused(() -> group.value(VALUE).update(none()), "value must not be null");
              refused(() -> group.list(LIST).append(none()), "element must not be null");
              refused(() -> group.list(LIST).keepLast(-1), "was [-1]");
              refused(() -> group.map(MAP).put(none(), 1), "key must not be null");
              refused(() -> group.map(MAP).put("a", none()), "value must not be null");
              refused(() -> group.timers(DUE).set(Instant.MAX), "time must be from");
              refused(() -> group.timers(DUE).set(Instant.MIN), "time must be from");
              refused(
                  () -> group.value(Variables.value("other", Integer.class)),
                  "variable [other] must be declared, declared are [value, brief, list, recent,"
                      + " map, seen, due, idle]");
              refused(
                  () -> group.value(Variables.value("value", Integer.class)),
                  "variable [value] must be the constant that is declared");
              refused(() -> group.timers(EventTimer.named("other")), "timer [other] must be");
            });
  }

  @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"}) // to be refused
  private static <T> T none() {
    return null;
  }

  private static void refused(Runnable action, String message) {
    assertThatIllegalArgumentException().isThrownBy(action::run).withMessageContaining(message);
  }

  @Test
  void group_isUsableDuringItsCallOnly() throws Exception {
    ProcessorShard shard = ProcessorShard.open();
    List<GroupContext<String>> kept = new ArrayList<>();
    List<Iterator<Integer>> elements = new ArrayList<>();

    shard.at(
        1,
        group -> {
          kept.add(group);
          group.list(LIST).appendAll(List.of(1, 2));
          elements.add(group.list(LIST).iterator());
        });

    GroupContext<String> group = kept.get(0);
    assertThatIllegalStateException().isThrownBy(() -> group.value(VALUE));
    assertThatIllegalStateException().isThrownBy(() -> group.timers(IDLE));
    assertThatIllegalStateException().isThrownBy(() -> group.emit("row"));
    assertThatIllegalStateException().isThrownBy(() -> elements.get(0).next());
    assertThatIllegalStateException().isThrownBy(group::eventTime);
  }

  @Test
  void initialRows_comeBeforeEvents() throws Exception {
    ProcessorShard shard = ProcessorShard.open();

    shard.initial(3, 4);

    shard.at(1, group -> assertThat(group.value(VALUE).get()).isEqualTo(7));
  }
}
