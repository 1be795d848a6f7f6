package io.vellamo.connectors.pekko;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vellamo.api.query.OutputMode;
import io.vellamo.api.sink.RowSink;
import io.vellamo.api.sink.SinkContext;
import io.vellamo.api.sink.SinkException;
import io.vellamo.api.sink.SinkWriter;
import io.vellamo.testkit.ListEpochRows;
import io.vellamo.testkit.contract.SinkContract;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.Done;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Sink;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

final class StreamSinkTest {
  private static final ActorSystem SYSTEM = ActorSystem.create("stream-sink");

  private final List<String> taken = new CopyOnWriteArrayList<>();

  @AfterAll
  static void stop() {
    SYSTEM.terminate();
  }

  @Nested
  final class OneStream extends SinkContract<String> {
    @Override
    protected RowSink<String> createSink() {
      return PekkoStreams.sink(SYSTEM, Sink.foreach(taken::add));
    }

    @Override
    protected String row(int number) {
      return "row " + number;
    }

    @Override
    protected List<String> written() {
      return taken;
    }

    @Test
    void stream_isCompletedWhenTheWriterCloses() throws Exception {
      CompletableFuture<Done> completed = new CompletableFuture<>();
      Sink<String, CompletionStage<Done>> sink =
          Sink.<String>foreach(taken::add)
              .mapMaterializedValue(
                  end -> end.whenComplete((done, failure) -> completed.complete(done)));
      SinkWriter<String> writer = open(PekkoStreams.sink(SYSTEM, sink));
      writer.write(ListEpochRows.of("q", 1, "a"));

      writer.close();

      assertThat(completed.get(10, TimeUnit.SECONDS)).isEqualTo(Done.getInstance());
      assertThat(taken).containsExactly("a");
    }

    @Test
    void stream_thatFails_failsThisEpochAndLaterOnes() throws Exception {
      SinkWriter<String> writer =
          open(
              PekkoStreams.sink(
                  SYSTEM,
                  Sink.foreach(
                      row -> {
                        throw new IllegalStateException("secret " + row);
                      })));

      for (long epoch = 1; epoch <= 2; epoch++) {
        ListEpochRows<String> rows = ListEpochRows.of("q", epoch, "a");
        assertThatThrownBy(() -> writer.write(rows))
            .isInstanceOf(SinkException.class)
            .hasMessage(
                "Stream must take the rows of epoch [%d] and run as long as the query, but it failed"
                        .formatted(epoch)
                    + " with [java.lang.IllegalStateException]; see that it neither ends nor fails")
            .hasRootCauseMessage("secret a");
      }
    }

    @Test
    void stream_thatEnds_failsTheEpoch() throws Exception {
      SinkWriter<String> writer =
          open(
              PekkoStreams.sink(
                  SYSTEM, Flow.of(String.class).take(1).to(Sink.foreach(taken::add))));

      assertThatThrownBy(() -> writer.write(ListEpochRows.of("q", 1, "a", "b")))
          .isInstanceOf(SinkException.class)
          .hasMessageContaining("but it has [completed]");
    }
  }

  @Nested
  final class FlowPerEpoch extends SinkContract<String> {
    @Override
    protected RowSink<String> createSink() {
      return PekkoStreams.via(SYSTEM, Flow.of(String.class).map(this::take));
    }

    private String take(String row) {
      taken.add(row);
      return row;
    }

    @Override
    protected String row(int number) {
      return "row " + number;
    }

    @Override
    protected List<String> written() {
      return taken;
    }

    @Test
    void epoch_countsAsWritten_onlyWhenEverythingCameOut() throws Exception {
      CompletableFuture<String> pending = new CompletableFuture<>();
      SinkWriter<String> writer =
          open(
              PekkoStreams.via(
                  SYSTEM,
                  Flow.of(String.class)
                      .mapAsync(8, row -> row.equals("slow") ? pending : taken(row))));
      CompletableFuture<Void> written =
          CompletableFuture.runAsync(
              () -> {
                try {
                  writer.write(ListEpochRows.of("q", 1, "slow", "fast"));
                } catch (Exception e) {
                  throw new AssertionError(e);
                }
              });

      while (taken.isEmpty()) {
        Thread.onSpinWait();
      }
      assertThat(written).isNotDone();
      pending.complete("slow");

      written.get(10, TimeUnit.SECONDS);
    }

    private CompletionStage<String> taken(String row) {
      return CompletableFuture.completedFuture(take(row));
    }

    @Test
    void flow_thatDropsRows_isFine() throws Exception {
      open(PekkoStreams.via(SYSTEM, Flow.of(String.class).map(this::take).filter(row -> false)))
          .write(ListEpochRows.of("q", 1, "a", "b"));

      assertThat(taken).containsExactly("a", "b");
    }

    @Test
    void flow_thatFails_failsTheEpoch() throws Exception {
      SinkWriter<String> writer =
          open(
              PekkoStreams.via(
                  SYSTEM,
                  Flow.of(String.class)
                      .map(
                          row -> {
                            throw new IllegalStateException("secret " + row);
                          })));

      assertThatThrownBy(() -> writer.write(ListEpochRows.of("q", 4, "a")))
          .isInstanceOf(SinkException.class)
          .hasMessage(
              "Flow must write the rows of epoch [4], failed with"
                  + " [java.lang.IllegalStateException]; see the cause")
          .hasRootCauseMessage("secret a");
    }

    @Test
    void flow_thatEndsEarly_failsTheEpoch() throws Exception {
      SinkWriter<String> writer = open(PekkoStreams.via(SYSTEM, Flow.of(String.class).take(1)));

      assertThatThrownBy(() -> writer.write(ListEpochRows.of("q", 4, "a", "b", "c")))
          .isInstanceOf(SinkException.class)
          .hasMessage(
              "Flow must take all [3] rows of epoch [4], took [1]; let it end only when its input"
                  + " ends");
    }
  }

  @Test
  void wholeResult_isRefusedByARunningStream() {
    SinkContext complete = new SinkContext("q", new UUID(1, 1), 0, OutputMode.COMPLETE);

    assertThatThrownBy(() -> PekkoStreams.sink(SYSTEM, Sink.ignore()).open(complete))
        .isInstanceOf(SinkException.class)
        .hasMessage(
            "Query [q] must not write to PekkoStreams.sink in mode [COMPLETE], as a stream of rows has no end of a whole result; use PekkoStreams.via or ForeachBatch, or another mode");
  }

  private static <U> SinkWriter<U> open(RowSink<U> sink) throws Exception {
    return sink.open(new SinkContext("q", new UUID(1, 1), 0));
  }
}
