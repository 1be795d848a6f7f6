package io.vellamo.connectors.process;

import static io.vellamo.connectors.process.ProcessorRun.seconds;
import static io.vellamo.connectors.process.ProcessorRun.start;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vellamo.api.process.GroupContext;
import io.vellamo.api.process.ListState;
import io.vellamo.api.process.ListVariable;
import io.vellamo.api.process.MapState;
import io.vellamo.api.process.MapVariable;
import io.vellamo.api.process.ValueVariable;
import io.vellamo.api.process.Variables;
import io.vellamo.testkit.StreamingQueryHarness;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

/**
 * Variables of processors and their expiry. An event is a command: "put x 1", "append x", "read".
 * Rows are the contents of a variable.
 */
final class ProcessorVariablesTest {
  private static final ListVariable<String> LIST = Variables.list("list", String.class);
  private static final MapVariable<String, Integer> MAP =
      Variables.map("map", String.class, Integer.class);
  private static final ValueVariable<Integer> SHORT =
      Variables.value("short", Integer.class).expiresAfterWrite(seconds(60));
  private static final ValueVariable<Integer> VALUE = Variables.value("value", Integer.class);
  private static final ListVariable<String> SHORT_LIST =
      Variables.list("short-list", String.class).expiresAfterWrite(seconds(60));
  private static final MapVariable<String, Integer> SHORT_MAP =
      Variables.map("short-map", String.class, Integer.class).expiresAfterWrite(seconds(60));
  private static final MapVariable<String, Integer> EVENT_MAP =
      Variables.map("event-map", String.class, Integer.class)
          .expiresAfterWriteInEventTime(seconds(60));

  @Test
  void t19_valueWithExpiry_isInvisibleOnceTheTimeIsReached() {
    StreamingQueryHarness<Input, String> query = start(values());

    query.advance(seconds(1)).add(of("put 1")).advance(seconds(1)).add(of("read"));
    query.expectRows("1").advance(seconds(58)).add(of("read")).expectRows("1");
    query.restart().advance(seconds(1)).expectGroups(1).add(of("read")).expectRows("absent");
    query.expectGroups(0).close();
  }

  @Test
  void t20_update_movesTheExpiry() {
    StreamingQueryHarness<Input, String> query = start(values());

    query.advance(seconds(1)).add(of("put 1")).advance(seconds(34)).add(of("put 2"));
    query.advance(seconds(27)).add(of("read")).expectRows("2");
    query.advance(seconds(32)).add(of("read")).expectRows("2").restart();
    query.advance(seconds(1)).add(of("read")).expectRows("absent").expectGroups(0).close();
  }

  @Test
  void t21_expiry_concernsItsOwnKeyAndVariable() {
    StreamingQueryHarness<Input, String> query =
        start(
            Functions.<Input>of(SHORT, VALUE)
                .onEach(
                    (event, group) -> {
                      switch (event.text()) {
                        case "put" -> {
                          group.value(SHORT).update(1);
                          group.value(VALUE).update(2);
                        }
                        case "remove" -> group.value(SHORT).remove();
                        default ->
                            group.emit(
                                event.key()
                                    + group.value(SHORT).optional()
                                    + group.value(VALUE).optional());
                      }
                    }));

    query.add(Input.of("a", "put"), Input.of("b", "put")).add(Input.of("a", "remove"));
    query.add(Input.of("a", ""), Input.of("b", ""));
    query.expectRows("aOptional.emptyOptional[2]", "bOptional[1]Optional[2]");
    query.advance(seconds(30)).add(Input.of("c", "put")).advance(seconds(30));
    query.add(Input.of("b", ""), Input.of("c", ""));
    query.expectRows("bOptional.emptyOptional[2]", "cOptional[1]Optional[2]");
    query.expectGroups(3).restart().add(Input.of("b", ""));
    query.expectRows("bOptional.emptyOptional[2]").close();
  }

  /** Spark removes expired entries in each batch; here no epoch runs for them alone. */
  @Test
  void t21_expiredGroup_isRemovedWithTheNextEpochOfItsShard() {
    StreamingQueryHarness<Input, String> query = start(values());
    query.add(of("put 1")).expectGroups(1).advance(seconds(3600));
    assertThat(query.query().recentProgress()).hasSize(1);

    query.add(of("read")).expectRows("absent").expectGroups(0).restart();
    query.add(of("read")).expectRows("absent").expectGroups(0).close();
  }

  @Test
  void t22_elements_expireAtTheBeginning_inTheMiddle_andAtTheEnd() {
    ListVariable<String> timed =
        Variables.list("timed", String.class).expiresAfterWriteInEventTime(seconds(100));
    StreamingQueryHarness<Input, String> query =
        start(
            seconds(1000),
            Functions.<Input>of(timed)
                .onEach(
                    (event, group) -> {
                      if (!event.text().isEmpty()) {
                        group.list(timed).append(event.text());
                      }
                      group.emit(all(group.list(timed)) + " " + group.list(timed).size());
                    }));

    // The watermark is 1000 s behind; elements expire 100 s after their event times.
    query.add(
        timed("e0", 1000),
        timed("e1", 3000),
        timed("e2", 2000),
        timed("e3", 3000),
        timed("e4", 2000));
    query.expectRows(
        "[e0] 1", "[e0, e1] 2", "[e0, e1, e2] 3", "[e0, e1, e2, e3] 4", "[e0, e1, e2, e3, e4] 5");
    query.add(timed("", 2100)).expectRows("[e1, e2, e3, e4] 4").restart();
    query.add(timed("", 3100)).expectRows("[e1, e2, e3, e4] 4");
    query.add(timed("", 3100)).expectRows("[e1, e3] 2").restart();
    query.add(timed("e5", 9000)).expectRows("[e1, e3, e5] 3");
    query.add(timed("", 9000)).expectRows("[e5] 1").restart();
    query.add(timed("e6", 9000)).expectRows("[e5, e6] 2").close();
  }

  private static Input timed(String text, long second) {
    return new Input("a", text, second);
  }

  @Test
  void t22_elements_expireOneByOne_inProcessingTime() {
    StreamingQueryHarness<Input, String> query = start(lists(SHORT_LIST));

    query.add(of("append a b")).advance(seconds(30)).add(of("append c")).advance(seconds(29));
    query.add(of("read")).expectRows("[a, b, c] 3").advance(seconds(1)).add(of("read"));
    query.expectRows("[c] 1").add(of("append d")).add(of("keep 1")).add(of("read"));
    query.expectRows("[d] 1").restart().advance(seconds(30)).add(of("read")).expectRows("[d] 1");
    query.advance(seconds(30)).add(of("read")).expectRows("[] 0").expectGroups(0).close();
  }

  @Test
  void t23_entries_expireOneByOne_andAreHiddenFromAllReads() {
    StreamingQueryHarness<Input, String> query = start(maps(SHORT_MAP));

    query.add(of("put x 1"), of("put y 2")).advance(seconds(30)).add(of("put z 3"), of("put x 4"));
    query.advance(seconds(30)).add(of("read")).expectRows("{x=4, z=3} 2");
    query.add(of("get y")).expectRows("Optional.empty false");
    // New, so it comes last.
    query.add(of("put y 5")).add(of("read")).expectRows("{x=4, z=3, y=5} 3").restart();
    query.add(of("read")).expectRows("{x=4, z=3, y=5} 3").advance(seconds(30)).add(of("read"));
    query.expectRows("{y=5} 1").add(of("absent y 6")).expectRows("false").advance(seconds(30));
    query.add(of("read")).expectRows("{} 0").expectGroups(0).close();
  }

  @Test
  void entryThatHasExpired_andIsPutInTheSameCall_isNew() {
    StreamingQueryHarness<Input, String> query = start(maps(SHORT_MAP));
    query.add(of("put x 1")).advance(seconds(1)).add(of("put y 2")).advance(seconds(59));

    query.add(of("absent x 3")).expectRows("true").add(of("read")).expectRows("{y=2, x=3} 2");
    query.restart().add(of("read")).expectRows("{y=2, x=3} 2").advance(seconds(1));
    query.add(of("read")).expectRows("{x=3} 1").close();
  }

  @Test
  void expiryInEventTime_countsFromTheEvent_andFollowsTheWatermark() {
    StreamingQueryHarness<Input, String> query = start(seconds(0), maps(EVENT_MAP));

    query.add(new Input("a", "put x 1", 100), new Input("a", "put y 2", 130));
    query.add(new Input("a", "read", 159)).expectRows("{x=1, y=2} 2");
    query.add(new Input("a", "read", 160)).expectRows("{x=1, y=2} 2");
    query.add(new Input("a", "read", 160)).expectRows("{y=2} 1").restart();
    query.advance(seconds(86_400)).add(new Input("b", "read", 190)).expectRows("{} 0");
    query.add(new Input("a", "read", 190)).expectRows("{} 0").expectGroups(0).close();
  }

  @Test
  void t24_list_keepsItsOrder() {
    StreamingQueryHarness<Input, String> query = start(lists(LIST));

    query.add(of("append v0")).add(of("replace v1 v2")).add(of("append v3"), of("append v5"));
    query.add(of("read")).expectRows("[v1, v2, v3, v5] 4").restart();
    query.add(of("append v6 v7")).add(of("keep 3")).add(of("read"));
    query.expectRows("[v5, v6, v7] 3").restart().add(of("keep 5"), of("read"));
    query.expectRows("[v5, v6, v7] 3").add(of("replace"), of("read")).expectRows("[] 0");
    query.expectGroups(0).add(of("append a"), of("clear"), of("append b"), of("read"));
    query.expectRows("[b] 1").restart().add(of("append c"), of("read")).expectRows("[b, c] 2");
    query.add(of("clear")).expectGroups(0).expectChanges(7, 2).close();
  }

  /** Spark refuses empty arrays as well. */
  @Test
  void t24_listArguments_mustNotBeNull() {
    StreamingQueryHarness<Input, String> query =
        start(
            Functions.<Input>of(LIST)
                .onEach(
                    (event, group) -> {
                      ListState<String> list = group.list(LIST);
                      List<String> withNull = Arrays.asList("a", null);
                      assertThatThrownBy(() -> list.append(null))
                          .isInstanceOf(IllegalArgumentException.class)
                          .hasMessage("element must not be null; leave it out");
                      assertThatThrownBy(() -> list.appendAll(withNull))
                          .isInstanceOf(IllegalArgumentException.class);
                      assertThatThrownBy(() -> list.replaceWith(withNull))
                          .isInstanceOf(IllegalArgumentException.class);
                      assertThatThrownBy(() -> list.appendAll(null))
                          .isInstanceOf(NullPointerException.class);
                      assertThatThrownBy(() -> list.keepLast(-1))
                          .hasMessage("most must not be negative, was [-1]");
                      list.appendAll(List.of());
                      list.replaceWith(List.of());
                      assertThat(list.isEmpty()).isTrue();
                      Iterator<String> none = list.iterator();
                      assertThatThrownBy(none::next).isInstanceOf(NoSuchElementException.class);
                      group.emit("checked");
                    }));

    query.add(of("")).expectRows("checked").expectGroups(0).close();
  }

  @Test
  void list_isReadAsOfTheCallOfIterator() {
    StreamingQueryHarness<Input, String> query =
        start(
            Functions.<Input>of(LIST)
                .onEach(
                    (event, group) -> {
                      ListState<String> list = group.list(LIST);
                      Iterator<String> before = list.iterator();
                      list.append(event.text());
                      list.appendAll(list);
                      list.keepLast(3);
                      List<String> seen = new ArrayList<>();
                      before.forEachRemaining(seen::add);
                      group.emit(seen + " " + all(list));
                    }));

    query.add(of("a")).expectRows("[] [a, a]").add(of("b")).expectRows("[a, a] [a, a, b]");
    query.restart().add(of("c")).expectRows("[a, a, b] [a, b, c]").close();
  }

  @Test
  void t25_map_returnsWhatWasPut() {
    StreamingQueryHarness<Input, String> query = start(maps(MAP));

    query.add(of("get x")).expectRows("Optional.empty false");
    query.add(of("put x 1"), of("put y 2"), of("get x"), of("keys"));
    query.expectRows("Optional[1] true", "[x, y] [1, 2]").expectGroups(1).restart();
    query.add(of("put x 3"), of("remove y"), of("remove z"), of("read")).expectRows("{x=3} 1");
    query.add(of("remove x")).expectGroups(0).restart().add(of("read")).expectRows("{} 0");
    query.add(of("put a 1"), of("put b 2")).add(of("clear"), of("put c 3")).add(of("read"));
    query.expectRows("{c=3} 1").add(of("clear")).expectGroups(0).close();
  }

  @Test
  void t25_mapArguments_mustNotBeNull() {
    StreamingQueryHarness<Input, String> query =
        start(
            Functions.<Input>of(MAP)
                .onEach(
                    (event, group) -> {
                      MapState<String, Integer> map = group.map(MAP);
                      assertThatThrownBy(() -> map.put(null, 1))
                          .isInstanceOf(IllegalArgumentException.class)
                          .hasMessageStartingWith("key must not be null");
                      assertThatThrownBy(() -> map.put("a", null))
                          .isInstanceOf(IllegalArgumentException.class)
                          .hasMessageStartingWith("value must not be null");
                      assertThatThrownBy(() -> map.get(null))
                          .isInstanceOf(IllegalArgumentException.class);
                      assertThatThrownBy(() -> map.containsKey(null))
                          .isInstanceOf(IllegalArgumentException.class);
                      assertThatThrownBy(() -> map.remove(null))
                          .isInstanceOf(IllegalArgumentException.class);
                      assertThatThrownBy(() -> map.putIfAbsent("a", null))
                          .isInstanceOf(IllegalArgumentException.class);
                      group.emit("checked");
                    }));

    query.add(of("")).expectRows("checked").expectGroups(0).close();
  }

  @Test
  void map_iteratesInTheOrderOfTheFirstPuts_alsoAfterRestarts() {
    StreamingQueryHarness<Input, String> query = start(maps(MAP));

    query.add(of("put c 1"), of("put a 2"), of("put b 3")).add(of("put c 4")).add(of("read"));
    query.expectRows("{c=4, a=2, b=3} 3").restart().add(of("read"));
    query.expectRows("{c=4, a=2, b=3} 3").add(of("remove c")).add(of("put c 5"), of("read"));
    query.expectRows("{a=2, b=3, c=5} 3").restart().add(of("read"));
    query.expectRows("{a=2, b=3, c=5} 3");
    query.add(of("remove a"), of("put d 6"), of("put a 7"), of("read"));
    query.expectRows("{b=3, c=5, d=6, a=7} 4").restart();
    query.add(of("put b 8"), of("remove d"), of("put d 9"), of("put e 0"), of("read"));
    query.expectRows("{b=8, c=5, a=7, d=9, e=0} 5").restart().add(of("read"));
    query.expectRows("{b=8, c=5, a=7, d=9, e=0} 5").close();
  }

  @Test
  void map_mayChangeWhileItIsRead() {
    StreamingQueryHarness<Input, String> query =
        start(
            Functions.<Input>of(MAP)
                .onEach(
                    (event, group) -> {
                      MapState<String, Integer> map = group.map(MAP);
                      if (event.text().equals("fill")) {
                        for (int i = 0; i < 5; i++) {
                          map.put("k" + i, i);
                        }
                      } else {
                        for (Map.Entry<String, Integer> entry : map.entries()) {
                          map.put("new-" + entry.getKey(), 1);
                          map.put(entry.getKey(), entry.getValue() + 10);
                          if (entry.getValue() % 2 == 0) {
                            map.remove(entry.getKey());
                          }
                        }
                      }
                      group.emit(all(map) + " " + map.size());
                    }));

    query.add(of("fill")).expectRows("{k0=0, k1=1, k2=2, k3=3, k4=4} 5").add(of(""));
    query.expectRows("{k1=11, k3=13, new-k0=1, new-k1=1, new-k2=1, new-k3=1, new-k4=1} 7");
    query.close();
  }

  @Test
  void values_areCopies() {
    ValueVariable<int[]> numbers = Variables.value("numbers", int[].class);
    StreamingQueryHarness<Input, String> query =
        start(
            Functions.<Input>of(numbers)
                .onEach(
                    (event, group) -> {
                      int[] written = group.value(numbers).orElse(new int[] {1, 2});
                      group.value(numbers).update(written);
                      written[0]++;
                      group.value(numbers).get()[1]++;
                      group.emit(Arrays.toString(group.value(numbers).get()));
                    }));

    query.add(of(""), of("")).expectRows("[1, 2]", "[1, 2]").close();
  }

  @Test
  void lastEntryThatGoes_removesTheGroup() {
    StreamingQueryHarness<Input, String> query = start(maps(MAP));

    query.add(of("put x 1"), Input.of("b", "put x 1")).expectGroups(2).expectChanges(2, 0);
    query.add(of("put x 1"), of("remove x")).expectGroups(1).expectChanges(0, 1);
    query.add(of("read"), of("remove x")).expectGroups(1).expectChanges(0, 0);
    query.add(of("put y 1"), of("remove y")).expectGroups(1).expectChanges(0, 0).restart();
    query.expectGroups(1).close();
  }

  private static Functions<Input> values() {
    return Functions.<Input>of(SHORT)
        .onEach(
            (event, group) -> {
              String[] words = event.text().split(" ", -1);
              if (words[0].equals("put")) {
                group.value(SHORT).update(Integer.valueOf(words[1]));
              } else {
                group.emit(group.value(SHORT).optional().map(String::valueOf).orElse("absent"));
              }
            });
  }

  private static Functions<Input> lists(ListVariable<String> variable) {
    return Functions.<Input>of(variable)
        .onEach(
            (event, group) -> {
              ListState<String> list = group.list(variable);
              List<String> words = List.of(event.text().split(" ", -1));
              List<String> rest = words.subList(1, words.size());
              switch (words.get(0)) {
                case "append" -> {
                  list.append(rest.get(0));
                  list.appendAll(rest.subList(1, rest.size()));
                }
                case "replace" -> list.replaceWith(rest);
                case "keep" -> list.keepLast(Integer.parseInt(rest.get(0)));
                case "clear" -> list.clear();
                default -> group.emit(all(list) + " " + list.size());
              }
            });
  }

  private static Functions<Input> maps(MapVariable<String, Integer> variable) {
    return Functions.<Input>of(variable)
        .onEach((event, group) -> command(event.text().split(" ", -1), group.map(variable), group));
  }

  private static void command(
      String[] words, MapState<String, Integer> map, GroupContext<String> group) {
    switch (words[0]) {
      case "put" -> map.put(words[1], Integer.valueOf(words[2]));
      case "absent" -> group.emit("" + map.putIfAbsent(words[1], Integer.valueOf(words[2])));
      case "remove" -> map.remove(words[1]);
      case "clear" -> map.clear();
      case "get" -> group.emit(map.get(words[1]) + " " + map.containsKey(words[1]));
      case "keys" -> group.emit(all(map.keys()) + " " + all(map.values()));
      default -> group.emit(all(map) + " " + map.size());
    }
  }

  private static <T> List<T> all(Iterable<T> elements) {
    List<T> all = new ArrayList<>();
    elements.forEach(all::add);
    return all;
  }

  private static String all(MapState<String, Integer> map) {
    String entries = all(map.entries()).toString();
    return "{" + entries.substring(1, entries.length() - 1) + "}";
  }

  private static Input of(String command) {
    return Input.of("a", command);
  }
}
