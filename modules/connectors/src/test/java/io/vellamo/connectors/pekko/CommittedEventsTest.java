package io.vellamo.connectors.pekko;

import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.api.source.EventCollector;
import io.vellamo.api.source.HandoffSource;
import io.vellamo.api.source.OffsetRange;
import io.vellamo.api.source.Offsets;
import io.vellamo.api.source.RangeReader;
import io.vellamo.api.source.SourceContext;
import io.vellamo.api.source.SourcePartition;
import io.vellamo.api.source.SourceReader;
import io.vellamo.testkit.ManualClock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class CommittedEventsTest {
  private static final SourcePartition PARTITION = new SourcePartition("handoff");

  private final HandoffSource<String> source = HandoffSource.create(100);
  private final List<String> told = new ArrayList<>();
  private final FlowInput<String, String> input =
      new FlowInput<>() {
        @Override
        public void opened(Offers<String, String> opened) {
          told.add("opened");
        }

        @Override
        public void committed(long events) {
          told.add("committed " + events);
        }

        @Override
        public void closed() {
          told.add("closed");
        }
      };

  @Test
  void events_areCountedWhenTheyAreCommitted() throws Exception {
    SourceReader<String> reader = open(at(10));
    source.offer("a");
    source.offer("b");
    source.offer("c");

    read(reader, 10, 12);
    reader.committed(at(12));
    read(reader, 12, 13);
    reader.committed(at(12));
    reader.committed(at(13));

    assertThat(told)
        .containsExactly("opened", "committed 0", "committed 2", "committed 2", "committed 3");
  }

  @Test
  void rangesReadAgain_areCountedOnce() throws Exception {
    SourceReader<String> reader = open(at(0));
    source.offer("a");
    source.offer("b");

    read(reader, 0, 2);
    read(reader, 0, 2);
    reader.committed(at(2));

    assertThat(told).endsWith("committed 2");
  }

  @Test
  void offsetsOfLostEvents_areNotCounted() throws Exception {
    SourceReader<String> reader = open(at(10));

    // An earlier process has planned these three events, and lost them.
    readPlanned(reader, 10, 13);
    source.offer("a");
    reader.committed(at(13));
    read(reader, 13, 14);
    reader.committed(at(14));

    assertThat(told).containsExactly("opened", "committed 0", "committed 0", "committed 1");
  }

  @Test
  void eventsThatTheSourceHeld_areCommittedFirst() throws Exception {
    source.offer("earlier");
    source.offer("earlier too");
    SourceReader<String> reader = open(at(0));
    source.offer("a");

    read(reader, 0, 3);
    reader.committed(at(1));
    assertThat(told).containsExactly("opened");
    reader.committed(at(2));
    reader.committed(at(3));
    reader.close();

    assertThat(told).containsExactly("opened", "committed 0", "committed 1", "closed");
  }

  private SourceReader<String> open(Offsets committed) throws Exception {
    SourceContext context =
        new SourceContext("q", committed, false, ManualClock.at(Instant.EPOCH), () -> {});
    return CommittedEvents.of(
        source.open(context),
        committed,
        input,
        (event, ignored) -> {
          throw new AssertionError("offered by the test itself");
        });
  }

  private static Offsets at(long offset) {
    return Offsets.of(Map.of(PARTITION, offset));
  }

  private static void read(SourceReader<String> reader, long from, long until) throws Exception {
    reader.plan(at(from), at(until), 100);
    readPlanned(reader, from, until);
  }

  private static void readPlanned(SourceReader<String> reader, long from, long until)
      throws Exception {
    try (RangeReader<String> range = reader.read(new OffsetRange(PARTITION, from, until))) {
      while (range.read(new IgnoredEvents(), 1)) {}
    }
  }

  private static final class IgnoredEvents implements EventCollector<String> {
    @Override
    public void event(String event, long offset) {}

    @Override
    public void deadLetter(long offset, String reason, @Nullable String entry) {}
  }
}
