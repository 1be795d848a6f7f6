package io.vellamo.actors;

import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.api.EventStream;
import io.vellamo.api.query.OperatorProgress;
import io.vellamo.connectors.memory.MemorySink;
import io.vellamo.connectors.memory.MemorySource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Acceptance cases of deduplication. Where Spark forgets an event whose time equals the watermark,
 * Vellamo keeps it until the watermark has passed it, as such an event is not late.
 */
final class DeduplicationTest {
  /** An event; a missing second is a time that is not known. */
  record Item(String key, @Nullable Long second) {
    @Nullable Instant time() {
      return second == null ? null : Instant.ofEpochSecond(second);
    }
  }

  private final TestSystem system = TestSystem.start();

  @AfterEach
  void stop() {
    system.close();
  }

  @Test
  void d01_allColumns_onlyTheFirstPasses() {
    try (QuerySteps<Item, Item> query =
        items(events -> events.dropDuplicates(item -> item, Item.class))) {
      query.add(item("a", 1)).expectRows(item("a", 1)).expectGroups(1).expectChanges(1, 0);
      query.add(item("a", 1)).expectNoRows().expectGroups(1).expectChanges(0, 0).restart();
      query.add(item("b", 1)).expectRows(item("b", 1)).expectGroups(2).expectChanges(1, 0);
    }
  }

  @Test
  void d02_firstColumn_othersAreLeftOut() {
    try (QuerySteps<Item, Item> query = items(events -> events.dropDuplicates(Item::key))) {
      query.add(item("a", 1)).expectRows(item("a", 1));
      query.add(item("a", 2)).expectNoRows();
      query.add(item("b", 1), item("b", 2)).expectRows(item("b", 1));
    }
  }

  @Test
  void d03_twoAfterEachOther_bothRemember() {
    try (QuerySteps<Item, Item> query =
        items(
            events ->
                events
                    .dropDuplicates(item -> item, Item.class)
                    .named("items")
                    .dropDuplicates(Item::key)
                    .named("keys"))) {
      query.add(item("a", 1)).expectRows(item("a", 1));
      assertThat(groups(query)).containsExactly(1L, 1L);
      query.add(item("a", 2)).expectNoRows();
      assertThat(groups(query)).containsExactly(2L, 1L);
      query.restart();
      query.add(item("b", 1)).expectRows(item("b", 1));
      assertThat(groups(query)).containsExactly(3L, 2L);
    }
  }

  @Test
  void d04_withEventTime_forgetsWhatIsLate() {
    try (QuerySteps<Item, Item> query =
        watermarked(10, events -> events.dropDuplicatesWithEventTime(item -> item, Item.class))) {
      query.add(fiveTimes(10, 15)).expectRows(range(10, 15)).expectGroups(6).expectChanges(6, 0);
      // Spark keeps 1: there, the event of second 15 is late already.
      query.add(item("a", 25)).expectRows(item("a", 25)).expectGroups(2);
      query.add(item("a", 10)).expectNoRows().expectLate(1).expectGroups(2).restart();
      query.add(item("a", 45)).expectRows(item("a", 45)).expectGroups(1).expectLate(0);
    }
  }

  @Test
  void d08_keyAndEventTime_areTheKeyTogether() {
    try (QuerySteps<Item, Item> query =
        watermarked(1, events -> events.dropDuplicatesWithEventTime(Item::key))) {
      query.add(item("1", 1), item("1", 1), item("2", 1)).expectRows(item("1", 1), item("2", 1));
      query.add(item("1", 1), item("2", 3), item("2", 4)).expectRows(item("2", 3), item("2", 4));
      query.add(item("1", 0), item("1", 1), item("3", 5), item("3", 6));
      query.expectRows(item("3", 5), item("3", 6)).expectLate(2);
      query.add(item("1", 0), item("4", 7)).expectRows(item("4", 7));
    }
  }

  @Test
  void d09_keyOnly_withAWatermark_remembersForEver() {
    try (QuerySteps<Item, Item> query =
        watermarked(10, events -> events.dropDuplicates(Item::key))) {
      query.add(item("1", 1), item("1", 2), item("2", 2));
      query.expectRows(item("1", 1), item("2", 2));
      query.add(item("3", 100)).expectRows(item("3", 100));
      query.add(item("4", 89)).expectNoRows().expectLate(1);
      query.add(item("1", 100)).expectNoRows().expectGroups(3);
    }
  }

  @Test
  void d11_droppedDuplicates_areInputWithoutRows() {
    try (QuerySteps<Item, Item> query = items(events -> events.dropDuplicates(Item::key))) {
      query.add(item("a", 1));
      assertThat(dropped(query)).isZero();
      query.add(item("a", 2), item("b", 3));
      assertThat(dropped(query)).isEqualTo(1);
      query.add(item("a", 5), item("b", 2), item("c", 9));
      assertThat(dropped(query)).isEqualTo(2);
    }
  }

  @Test
  void dw2_withinWatermark_allColumns() {
    try (QuerySteps<Item, Item> query =
        watermarked(10, events -> events.dropDuplicatesWithinWatermark(item -> item, Item.class))) {
      query.add(fiveTimes(10, 15)).expectRows(range(10, 15)).expectGroups(6).expectChanges(6, 0);
      query.add(range(13, 17)).expectRows(item("a", 16), item("a", 17));
      query.expectGroups(8).expectChanges(2, 0);
      query.add(item("a", 5)).expectNoRows().expectLate(1).expectGroups(8);
      // Spark keeps 3 and 1: see above.
      query.add(item("a", 35)).expectRows(item("a", 35)).expectGroups(4).restart();
      query.add(item("a", 55)).expectRows(item("a", 55)).expectGroups(2);
    }
  }

  @Test
  void dw3_withinWatermark_keyOnly() {
    try (QuerySteps<Item, Item> query =
        watermarked(2, events -> events.dropDuplicatesWithinWatermark(Item::key))) {
      query.add(item("a", 17)).expectRows(item("a", 17)).expectGroups(1).expectChanges(1, 0);
      query.add(item("a", 16)).expectNoRows().expectGroups(1).expectChanges(0, 0);
      query.add(item("a", 13)).expectNoRows().expectLate(1);
      query.add(item("b", 22), item("c", 21)).expectRows(item("b", 22), item("c", 21));
      query.expectGroups(2);
      query.add(item("a", 21)).expectRows(item("a", 21)).expectGroups(3);
      query.add(item("d", 25)).expectRows(item("d", 25));
    }
  }

  @Test
  void eventAsOldAsTheWatermark_isStillADuplicate() {
    try (QuerySteps<Item, Item> query =
        watermarked(2, events -> events.dropDuplicatesWithinWatermark(Item::key))) {
      query.add(item("a", 17), item("b", 21)).expectRows(item("a", 17), item("b", 21));
      query.add(item("a", 19)).expectNoRows().expectLate(0);
      query.add(item("c", 22)).expectRows(item("c", 22));
      query.add(item("a", 20)).expectRows(item("a", 20)).expectLate(0);
    }
  }

  @Test
  void unknownEventTime_isPartOfTheKey_andNotForgotten() {
    try (QuerySteps<Item, Item> query =
        watermarked(0, events -> events.dropDuplicatesWithEventTime(Item::key))) {
      query.add(item("a", null)).expectRows(item("a", null));
      query.add(item("b", 100)).expectRows(item("b", 100)).restart();
      query.add(item("a", null)).expectNoRows();
    }
  }

  private QuerySteps<Item, Item> watermarked(
      int delaySeconds, UnaryOperator<EventStream<Item>> pipeline) {
    Duration delay = Duration.ofSeconds(delaySeconds);
    return items(events -> pipeline.apply(events.withWatermark(Item::time, delay)));
  }

  private QuerySteps<Item, Item> items(UnaryOperator<EventStream<Item>> pipeline) {
    return start(system, pipeline);
  }

  private static QuerySteps<Item, Item> start(
      TestSystem system, UnaryOperator<EventStream<Item>> pipeline) {
    MemorySource<Item> source = MemorySource.create();
    MemorySink<Item> rows = MemorySink.create();
    return QuerySteps.start(
        events -> source.addTo(0, events),
        rows::rows,
        clock -> pipeline.apply(system.vellamo().query("once").from(source)).to(rows).clock(clock));
  }

  private static List<Long> groups(QuerySteps<Item, Item> query) {
    return query.query().lastProgress().orElseThrow().operators().stream()
        .map(operator -> operator.state().groups())
        .toList();
  }

  private static long dropped(QuerySteps<Item, Item> query) {
    OperatorProgress last = query.query().lastProgress().orElseThrow().operators().get(0);
    return last.input() - last.rows();
  }

  private static Item item(String key, int second) {
    return new Item(key, (long) second);
  }

  private static Item item(String key, @Nullable Long second) {
    return new Item(key, second);
  }

  private static Item[] range(int first, int last) {
    Item[] items = new Item[last - first + 1];
    for (int i = 0; i < items.length; i++) {
      items[i] = item("a", first + i);
    }
    return items;
  }

  private static Item[] fiveTimes(int first, int last) {
    Item[] once = range(first, last);
    Item[] items = new Item[5 * once.length];
    for (int i = 0; i < items.length; i++) {
      items[i] = once[i % once.length];
    }
    return items;
  }
}
