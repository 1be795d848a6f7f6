package io.vellamo.engine.group;

import static io.vellamo.engine.group.TestCodecs.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ShardEventsTest {
  private final ShardEvents events = new ShardEvents(true);

  @Test
  void groups_areInTheOrderOfTheirFirstEvents() {
    add("b", "b0");
    add("a", "a0");
    add("b", "b1");

    List<GroupBatch<Object>> groups = events.byGroup();

    assertThat(groups).extracting(GroupBatch::userKey).containsExactly("b", "a");
    assertThat(groups.get(0)).toIterable().containsExactly("b0", "b1");
    assertThat(groups.get(1)).toIterable().containsExactly("a0");
  }

  @Test
  void equalKeys_areOneGroup_whateverTheUsersKey() {
    events.add(key("a"), "first", "e0", 0, 0, null);
    events.add(key("a"), "second", "e1", 0, 1, null);

    GroupBatch<Object> group = events.byGroup().get(0);

    assertThat(group.userKey()).isEqualTo("first");
    assertThat(group).toIterable().containsExactly("e0", "e1");
  }

  @Test
  void group_askedForTwice_canBeReadTwice() {
    add("a", "e0");

    assertThat(events.byGroup().get(0)).toIterable().containsExactly("e0");
    assertThat(events.byGroup().get(0)).toIterable().containsExactly("e0");
  }

  @Test
  void merge_hasTheEventsInTheOrderOfTheirRanges_andThoseWithoutRangeLast() {
    ShardEvents one = new ShardEvents(true);
    one.add(key("a"), "a", "a0", 0, 7, Instant.EPOCH);
    one.add(key("a"), "a", "a2", 2, 3, Instant.ofEpochMilli(5));
    one.add(key("b"), "b", "b2", 2, 4, null);
    ShardEvents other = new ShardEvents(true);
    other.add(key("b"), "b", "b1", 1, 5, null);
    other.add(key("a"), "a", "a1", 1, 6, null);
    other.countReduced();
    ShardEvents rows = new ShardEvents(true);
    rows.add(key("a"), "a", "row", GroupBatch.NO_RANGE, 0, null);

    ShardEvents merged = ShardEvents.merge(List.of(rows, other, new ShardEvents(false), one));

    assertThat(merged.events()).containsExactly("a0", "b1", "a1", "a2", "b2", "row");
    assertThat(merged.size()).isEqualTo(6);
    assertThat(merged.sizeBeforeReduction()).isEqualTo(7);
    GroupBatch<Object> group = merged.byGroup().get(0);
    assertThat(group).toIterable().containsExactly("a0", "a1", "a2", "row");
    assertThat(group.range(2)).isEqualTo(2);
    assertThat(group.offset(2)).isEqualTo(3);
    assertThat(group.eventTime(0)).isEqualTo(Instant.EPOCH);
    assertThat(group.eventTime(1)).isNull();
    assertThat(group.eventTime(2)).isEqualTo(Instant.ofEpochMilli(5));
  }

  @Test
  void merge_ofMoreEventsThanFitIntoAChunk_keepsAll() {
    List<ShardEvents> parts = new ArrayList<>();
    for (int part = 0; part < 3; part++) {
      ShardEvents events = new ShardEvents(false);
      for (int i = 0; i < 6_000; i++) {
        events.add(key("a"), "a", 6_000 * part + i, 3 * (i / 2_000) + part, i, null);
      }
      parts.add(events);
    }

    List<Integer> expected = new ArrayList<>();
    for (int from = 0; from < 6_000; from += 2_000) {
      for (int part = 0; part < 3; part++) {
        for (int i = from; i < from + 2_000; i++) {
          expected.add(6_000 * part + i);
        }
      }
    }
    assertThat(ShardEvents.merge(parts).events()).isEqualTo(expected);
  }

  @Test
  void merge_ofOnePartWithEvents_isThatPart() {
    add("a", "e0");

    assertThat(ShardEvents.merge(List.of(new ShardEvents(false), events))).isSameAs(events);
    assertThat(ShardEvents.merge(List.of()).isEmpty()).isTrue();
  }

  @Test
  void group_thatGetsAnotherEvent_leavesTheNextOneAlone() {
    add("a", "a0");
    add("b", "b0");
    List<GroupBatch<Object>> groups = events.byGroup();

    groups.get(0).add("a1", 0, 0);

    assertThat(groups.get(0)).toIterable().containsExactly("a0", "a1");
    assertThat(groups.get(1)).toIterable().containsExactly("b0");
  }

  @Test
  void eventTimes_thatAreNotKept_areNone() {
    ShardEvents untimed = new ShardEvents(false);
    untimed.add(key("a"), "a", "e0", 0, 0, Instant.ofEpochMilli(17));

    assertThat(untimed.byGroup().get(0).eventTime(0)).isNull();
  }

  @Test
  void eventTimes_areKeptExactly_andNoneStaysNone() {
    List<@Nullable Instant> times = new ArrayList<>();
    times.add(Instant.EPOCH);
    times.add(null);
    times.add(Instant.ofEpochSecond(-1, 999_999_999));
    times.add(Instant.parse("1969-12-31T23:59:59.123456789Z"));
    times.add(Instant.MIN);
    times.add(Instant.MAX);
    for (Instant time : times) {
      events.add(key("a"), "a", "event", 0, 0, time);
    }

    GroupBatch<Object> group = events.byGroup().get(0);

    for (int place = 0; place < times.size(); place++) {
      assertThat(group.eventTime(place)).isEqualTo(times.get(place));
      assertThat(group.only(place).eventTime(0)).isEqualTo(times.get(place));
    }
  }

  @Test
  void events_areInTheirOrder() {
    for (int i = 0; i < 3_000; i++) {
      events.add(key("group-" + i % 7), "a", i, 0, i, null);
    }

    assertThat(events.events())
        .containsExactlyElementsOf(IntStream.range(0, 3_000).boxed().toList());
  }

  @Test
  void rewind_restoresTheEventsOfTheGroupThatKeptThem() {
    events.add(key("a"), "a", new Changeable("a0"), 0, 0, null);
    events.add(key("b"), "b", new Changeable("b0"), 0, 1, null);
    events.add(key("b"), "b", "b1", 0, 2, null);
    List<GroupBatch<Object>> groups = events.byGroup();
    GroupBatch<Object> a = groups.get(0);
    GroupBatch<Object> b = groups.get(1);

    b.keep(EventCopies.by(new ChangeableCodec()));
    ((Changeable) a.next()).text = "changed";
    ((Changeable) b.next()).text = "changed";
    a.rewind();
    b.rewind();

    assertThat(a).toIterable().extracting(Object::toString).containsExactly("changed");
    assertThat(b).toIterable().extracting(Object::toString).containsExactly("b0", "b1");
    assertThat(a.form(0)).isNull();
    assertThat(b.form(0)).isNotNull();
    assertThat(b.form(1)).isNull();
  }

  @Test
  void removeLast_ofManyEvents_leavesThoseBefore() {
    for (int i = 0; i < 100; i++) {
      add("a", "a" + i);
    }
    for (int i = 0; i < 70; i++) {
      events.removeLast();
    }
    add("b", "b0");

    List<GroupBatch<Object>> groups = events.byGroup();

    assertThat(events.size()).isEqualTo(31);
    assertThat(groups.get(0).events())
        .containsExactlyElementsOf(IntStream.range(0, 30).mapToObj(i -> "a" + i).toList());
    assertThat(groups.get(1)).toIterable().containsExactly("b0");
  }

  @Test
  void removeLast_takesBackTheEventAddedLast() {
    add("a", "a0");
    add("b", "b0");
    events.removeLast();

    assertThat(events.byGroup()).extracting(GroupBatch::userKey).containsExactly("a");
    events.removeLast();
    assertThat(events.isEmpty()).isTrue();
    assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(events::removeLast);
  }

  @Test
  void manyEvents_areAllInTheirGroupsWithPositionAndTime() {
    Random random = new Random(7);
    Map<String, List<Integer>> expected = new LinkedHashMap<>();
    for (int i = 0; i < 1_000; i++) {
      String group = "group-" + random.nextInt(100);
      expected.computeIfAbsent(group, unknown -> new ArrayList<>()).add(i);
      events.add(key(group), group, i, i % 3, i * 10L, Instant.ofEpochMilli(i * 100L));
    }

    List<GroupBatch<Object>> groups = events.byGroup();

    assertThat(events.size()).isEqualTo(1_000);
    assertThat(groups).extracting(GroupBatch::userKey).containsExactlyElementsOf(expected.keySet());
    for (GroupBatch<Object> group : groups) {
      assertThat(group.events()).isEqualTo(expected.get(String.valueOf(group.userKey())));
      for (int place = 0; place < group.size(); place++) {
        int event = (Integer) group.events().get(place);
        assertThat(group.range(place)).isEqualTo(event % 3);
        assertThat(group.offset(place)).isEqualTo(event * 10L);
        assertThat(group.eventTime(place)).isEqualTo(Instant.ofEpochMilli(event * 100L));
      }
    }
  }

  private void add(String group, String event) {
    events.add(key(group), group, event, 0, 0, null);
  }

  private static final class Changeable {
    private String text;

    private Changeable(String text) {
      this.text = text;
    }

    @Override
    public String toString() {
      return text;
    }
  }

  /** For it, all other values are immutable. */
  private static final class ChangeableCodec implements ValueCodec {
    @Override
    public StoredValue write(Object value) {
      return new StoredValue("text", value.toString().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public Object read(StoredValue value) {
      return new Changeable(new String(value.bytes(), StandardCharsets.UTF_8));
    }

    @Override
    public boolean isFixed(Object value) {
      return !(value instanceof Changeable);
    }

    @Override
    public boolean isCopied(Object value) {
      return value instanceof Changeable;
    }
  }
}
