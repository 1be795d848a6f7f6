package io.vellamo.actors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vellamo.api.query.StreamingQuery;
import io.vellamo.api.query.StreamingQueryException;
import io.vellamo.api.query.StreamingQueryListener;
import io.vellamo.api.sink.EpochRows;
import io.vellamo.api.sink.RowSink;
import io.vellamo.api.sink.SinkContext;
import io.vellamo.api.sink.SinkGuarantee;
import io.vellamo.api.sink.SinkWriter;
import io.vellamo.api.source.EventCollector;
import io.vellamo.api.source.EventSource;
import io.vellamo.api.source.OffsetRange;
import io.vellamo.api.source.Offsets;
import io.vellamo.api.source.RangeReader;
import io.vellamo.api.source.SourceContext;
import io.vellamo.api.source.SourcePartition;
import io.vellamo.api.source.SourceReader;
import io.vellamo.connectors.memory.MemorySink;
import io.vellamo.connectors.memory.MemorySource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Sources, sinks, stages and listeners that do not return hold up their own query only. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
final class BlockedIoTest {
  /** The call that blocks. */
  enum Place {
    OPEN,
    ASK,
    READ,
    COMMITTED,
    CLOSE
  }

  private static final int MORE_THAN_ANY_POOL = 40;

  private final TestSystem system = TestSystem.start("vellamo.stop-timeout = 4s");
  private final List<UserGate> gates = new ArrayList<>();

  @AfterEach
  void stop() {
    gates.forEach(UserGate::open);
    system.close();
  }

  @Test
  void manyBlockedSinks_holdUpNoOtherQuery() throws Exception {
    List<StreamingQuery> blocked = new ArrayList<>();
    for (int i = 0; i < MORE_THAN_ANY_POOL; i++) {
      UserGate gate = ignoring();
      blocked.add(start("blocked-" + i, word("a"), new BlockingSink(gate, false)));
      gate.awaitEntered();
    }

    assertAnotherQueryRuns();

    gates.forEach(UserGate::open);
    for (StreamingQuery query : blocked) {
      query.stop();
    }
  }

  @Test
  void sinkThatIgnoresInterrupts_isNamed_andNeverWrittenByTwoRuns() throws Exception {
    UserGate gate = ignoring();
    BlockingSink sink = new BlockingSink(gate, false);
    MemorySource<String> words = word("a");
    StreamingQuery query = start("stuck", words, sink);
    gate.awaitEntered();
    assertThat(query.status().calls().toString()).contains("writing to Blocking sink");

    assertThatThrownBy(() -> query.stop(Duration.ofSeconds(1)))
        .isInstanceOf(StreamingQueryException.class)
        .hasMessageContaining("could not end within [PT1S]: writing to Blocking sink")
        .hasMessageContaining("vellamo-stuck-sink");
    assertThat(gate.interrupts()).isPositive();
    assertThatThrownBy(() -> start("stuck", words, sink))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("writing to Blocking sink");

    gate.open();
    StreamingQuery again = startWhenFree("stuck", words, sink);
    again.processAllAvailable();
    assertThat(sink.rows.rows()).containsExactly("a");
    again.stop();
  }

  @Test
  void sinkThatIsInterrupted_isNoFailureOfTheQuery() throws Exception {
    UserGate gate = heeding();
    StreamingQuery query = start("interrupted", word("a"), new BlockingSink(gate, false));
    gate.awaitEntered();

    query.stop(Duration.ofMillis(500));

    assertThat(gate.interrupts()).isPositive();
    assertThat(query.exception()).isEmpty();
  }

  @Test
  void sinkThatBlocksInClose_isInterruptedToo() throws Exception {
    UserGate gate = heeding();
    StreamingQuery query = start("closing", word("a"), new BlockingSink(gate, true));
    query.processAllAvailable();

    query.stop(Duration.ofSeconds(3));

    assertThat(gate.interrupts()).isPositive();
    assertThat(query.isActive()).isFalse();
  }

  @ParameterizedTest
  @EnumSource(Place.class)
  void sourceThatDoesNotReturn_isGivenUp_andHoldsUpNoOtherQuery(Place place) throws Exception {
    UserGate gate = ignoring();
    StreamingQuery query = start("source", new BlockingSource(gate, place), MemorySink.create());
    if (place == Place.CLOSE) {
      query.processAllAvailable();
    } else {
      gate.awaitEntered();
    }

    assertAnotherQueryRuns();
    assertThatThrownBy(() -> query.stop(Duration.ofSeconds(1)))
        .hasMessageContaining("could not end within [PT1S]")
        .hasMessageContaining("vellamo-source-source");

    gate.open();
    startWhenFree("source", word("b"), MemorySink.create()).stop();
  }

  @Test
  void stageThatDoesNotReturn_isGivenUp_andHoldsUpNoOtherQuery() throws Exception {
    UserGate gate = ignoring();
    StreamingQuery query =
        system
            .vellamo()
            .query("stage")
            .from(word("a"))
            .<String>map(
                word -> {
                  gate.pass();
                  return word;
                })
            .to(MemorySink.create())
            .start();
    gate.awaitEntered();

    assertAnotherQueryRuns();
    assertThatThrownBy(() -> query.stop(Duration.ofSeconds(1)))
        .hasMessageContaining("the stages before the first group");
  }

  @Test
  void listenerThatDoesNotReturn_holdsUpNoQuery() throws Exception {
    UserGate gate = ignoring();
    system
        .vellamo()
        .queries()
        .addListener(
            new StreamingQueryListener() {
              @Override
              public void onQueryStarted(QueryStarted event) {
                gate.pass();
              }
            });

    assertAnotherQueryRuns();
  }

  @Test
  void actorSystem_terminatesThoughSourceAndSinkDoNotReturn() throws Exception {
    UserGate sink = ignoring();
    UserGate source = ignoring();
    StreamingQuery one = start("one", word("a"), new BlockingSink(sink, false));
    StreamingQuery two = start("two", new BlockingSource(source, Place.READ), MemorySink.create());
    sink.awaitEntered();
    source.awaitEntered();

    system.testKit().system().terminate();

    system.testKit().system().getWhenTerminated().toCompletableFuture().get(60, TimeUnit.SECONDS);
    assertThatThrownBy(one::awaitTermination).hasMessageContaining("writing to Blocking sink");
    assertThatThrownBy(two::awaitTermination).hasMessageContaining("reading Blocking source");
  }

  private void assertAnotherQueryRuns() throws InterruptedException {
    MemorySink<String> rows = MemorySink.create();
    StreamingQuery other = start("other", word("x"), rows);
    other.processAllAvailable();
    assertThat(rows.rows()).containsExactly("x");
    other.stop();
    assertThat(other.exception()).isEmpty();
  }

  private UserGate ignoring() {
    gates.add(UserGate.ignoring());
    return gates.get(gates.size() - 1);
  }

  private UserGate heeding() {
    gates.add(UserGate.heeding());
    return gates.get(gates.size() - 1);
  }

  private static MemorySource<String> word(String word) {
    MemorySource<String> words = MemorySource.create();
    words.add(word);
    return words;
  }

  private StreamingQuery startWhenFree(
      String name, EventSource<String> source, RowSink<String> sink) {
    while (true) {
      try {
        return start(name, source, sink);
      } catch (IllegalStateException e) {
        assertThat(e).hasMessageContaining("given up");
        Thread.onSpinWait();
      }
    }
  }

  private StreamingQuery start(String name, EventSource<String> source, RowSink<String> sink) {
    return system.vellamo().query(name).from(source).to(sink).start();
  }

  /** A sink that blocks in its first write, or in its close. */
  private static final class BlockingSink implements RowSink<String> {
    private final MemorySink<String> rows = MemorySink.create();
    private final UserGate gate;
    private final boolean blocksInClose;

    BlockingSink(UserGate gate, boolean blocksInClose) {
      this.gate = gate;
      this.blocksInClose = blocksInClose;
    }

    @Override
    public String description() {
      return "Blocking sink";
    }

    @Override
    public SinkGuarantee guarantee() {
      return SinkGuarantee.IDEMPOTENT;
    }

    @Override
    public SinkWriter<String> open(SinkContext context) {
      SinkWriter<String> writer = rows.open(context);
      return new SinkWriter<>() {
        @Override
        public void write(EpochRows<? extends String> epoch) throws Exception {
          if (!blocksInClose) {
            gate.pass();
          }
          writer.write(epoch);
        }

        @Override
        public void close() {
          if (blocksInClose) {
            gate.pass();
          }
          writer.close();
        }
      };
    }
  }

  /** A source of one word that blocks at a place. */
  private record BlockingSource(UserGate gate, Place place) implements EventSource<String> {
    private static final SourcePartition PARTITION = new SourcePartition("blocking");

    private void passAt(Place here) {
      if (place == here) {
        gate.pass();
      }
    }

    @Override
    public String description() {
      return "Blocking source";
    }

    @Override
    public SourceReader<String> open(SourceContext context) {
      passAt(Place.OPEN);
      return new SourceReader<>() {
        @Override
        public Offsets latest() {
          passAt(Place.ASK);
          return Offsets.of(Map.of(PARTITION, 1L));
        }

        @Override
        public List<OffsetRange> plan(Offsets from, Offsets to, long maxEvents) {
          return OffsetRange.share(from, to, maxEvents);
        }

        @Override
        public RangeReader<String> read(OffsetRange range) {
          return new RangeReader<>() {
            @Override
            public boolean read(EventCollector<? super String> into, int most) {
              passAt(Place.READ);
              into.event("a", 0);
              return false;
            }

            @Override
            public void close() {}
          };
        }

        @Override
        public void committed(Offsets offsets) {
          passAt(Place.COMMITTED);
        }

        @Override
        public void close() {
          passAt(Place.CLOSE);
        }
      };
    }
  }
}
