package io.vellamo.connectors.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vellamo.api.source.EventSource;
import io.vellamo.api.source.OffsetRange;
import io.vellamo.api.source.Offsets;
import io.vellamo.api.source.SourceContext;
import io.vellamo.api.source.SourceException;
import io.vellamo.api.source.SourcePartition;
import io.vellamo.api.source.SourceReader;
import io.vellamo.testkit.ManualClock;
import io.vellamo.testkit.contract.SourceContract;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class MemorySourceTest extends SourceContract<String> {
  private final MemorySource<String> source = MemorySource.create(3);
  private int added;

  @Override
  protected EventSource<String> createSource(ManualClock clock) {
    return source;
  }

  @Override
  protected void addEvents(int count) {
    for (int i = 0; i < count; i++) {
      source.addTo(added % 3, List.of("event " + added++));
    }
  }

  @Test
  void events_addedInOneCall_areSignalledOnceAndLandInOnePlan() throws Exception {
    AtomicInteger signals = new AtomicInteger();
    MemorySource<Integer> numbers = MemorySource.create();
    SourceReader<Integer> reader = open(numbers, signals::incrementAndGet);

    numbers.add(1, 2, 3);

    assertThat(signals).hasValue(1);
    assertThat(reader.plan(Offsets.none(), reader.latest(), 10))
        .containsExactly(new OffsetRange(new SourcePartition("memory-0"), 0, 3));
  }

  @Test
  void reader_closed_isSignalledNoMore() {
    AtomicInteger signals = new AtomicInteger();
    MemorySource<Integer> numbers = MemorySource.create();
    open(numbers, signals::incrementAndGet).close();

    numbers.add(1);

    assertThat(signals).hasValue(0);
  }

  @Test
  void range_ofALostSource_isAnError() {
    SourceReader<Integer> reader = open(MemorySource.create(), () -> {});

    assertThatThrownBy(() -> reader.read(new OffsetRange(new SourcePartition("memory-0"), 0, 5)))
        .isInstanceOf(SourceException.class)
        .hasMessage(
            "Source [Memory] must hold the events of range [0, 5) of [memory-0], but it was created"
                + " anew; use the same object, or a source that outlives the JVM");
  }

  @Test
  void partitions_belowOne_areRefused() {
    assertThatThrownBy(() -> MemorySource.create(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("partitions must be positive, was [0]");
  }

  private static SourceReader<Integer> open(MemorySource<Integer> source, Runnable signal) {
    return source.open(
        new SourceContext("q", Offsets.none(), false, ManualClock.at(Instant.EPOCH), signal));
  }
}
