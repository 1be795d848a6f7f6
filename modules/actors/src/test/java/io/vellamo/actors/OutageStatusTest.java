package io.vellamo.actors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.vellamo.api.QueryBuilder;
import io.vellamo.api.RetryableException;
import io.vellamo.api.query.Outage;
import io.vellamo.api.query.RetryPolicy;
import io.vellamo.api.query.StreamingQuery;
import io.vellamo.api.query.StreamingQueryException;
import io.vellamo.api.query.StreamingQueryListener;
import io.vellamo.connectors.memory.MemorySource;
import io.vellamo.testkit.ManualClock;
import java.net.ConnectException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/** Outages of sources and sinks, as users see them. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class OutageStatusTest {
  private final Exception refused =
      new RetryableException("Connection refused", new ConnectException());

  private final TestSystem system = TestSystem.start();
  private final ManualClock clock = ManualClock.at(Instant.EPOCH);
  private final MemorySource<String> words = MemorySource.create();
  private final UnavailableSink<String> sink = new UnavailableSink<>();
  private final List<String> logged = new CopyOnWriteArrayList<>();
  private final Logger logger = (Logger) LoggerFactory.getLogger("io.vellamo.actors.observe");
  private final AppenderBase<ILoggingEvent> appender =
      new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
          logged.add(event.getLevel() + " " + event.getFormattedMessage());
        }
      };

  @BeforeEach
  void listen() {
    appender.start();
    logger.addAppender(appender);
    logger.setLevel(Level.INFO);
  }

  @AfterEach
  void stop() {
    logger.detachAppender(appender);
    logger.setLevel(null);
    system.close();
  }

  @Test
  void outage_isInTheStatus_untilTheSinkWorksAgain() {
    StreamingQuery query = query().start();
    idle(query);
    assertThat(query.status().outage()).isEmpty();
    sink.failsWith(refused);
    words.add("a");
    idle(query);
    advance(query, 200);

    Outage outage = query.status().outage().orElseThrow();
    assertThat(outage)
        .isEqualTo(
            new Outage(
                "Unavailable",
                Instant.EPOCH,
                2,
                Instant.ofEpochMilli(600),
                "io.vellamo.api.RetryableException",
                "Connection refused"));
    assertThat(query.status().message())
        .contains("[Unavailable] has failed [2] times since [1970-01-01T00:00:00Z]");
    assertThat(query.status().json()).contains("\"outage\":{\"description\":\"Unavailable\"");

    sink.failsWith(null);
    advance(query, 400);
    assertThat(query.status().outage()).isEmpty();
    assertThat(query.lastProgress().orElseThrow().retries()).isEqualTo(2);
    words.add("b");
    idle(query);
    assertThat(query.lastProgress().orElseThrow().retries()).isZero();
  }

  @Test
  void outage_isToldToListeners_atItsBeginningAndEnd() throws Exception {
    List<String> told = new CopyOnWriteArrayList<>();
    system
        .vellamo()
        .queries()
        .addListener(
            new StreamingQueryListener() {
              @Override
              public void onQueryOutageBegan(QueryOutageBegan event) {
                told.add("began " + event.outage().failures());
              }

              @Override
              public void onQueryOutageEnded(QueryOutageEnded event) {
                told.add("ended " + event.outage().failures() + " " + event.lasted());
              }
            });
    StreamingQuery query = query().start();
    sink.failsWith(refused);
    words.add("a");
    idle(query);
    advance(query, 200);
    sink.failsWith(null);
    advance(query, 400);

    await().untilAsserted(() -> assertThat(told).containsExactly("began 1", "ended 2 PT0.6S"));
    query.stop();
  }

  @Test
  void outage_isLoggedOnceAtItsBeginning_onceAMinute_andAtItsEnd() {
    StreamingQuery query = query().start();
    sink.failsWith(refused);
    words.add("a");
    idle(query);
    for (int second = 0; second < 70; second++) {
      advance(query, 1_000);
    }
    sink.failsWith(null);
    advance(query, 10_000);

    assertThat(logged).hasSize(3);
    assertThat(logged.get(0))
        .startsWith("WARN Query [words]: [Unavailable] has failed [1] times since [1970-01-01T00:")
        .endsWith("found [io.vellamo.api.RetryableException]: Connection refused");
    assertThat(logged.get(1)).startsWith("WARN Query [words]: [Unavailable] has failed [");
    assertThat(logged.get(2)).startsWith("INFO Query [words]: [Unavailable] works again after [PT");
  }

  @Test
  void stop_duringAnOutage_endsAtOnce_andARestartWritesTheEpoch() throws Exception {
    StreamingQuery query = query().start();
    sink.failsWith(refused);
    words.add("a");
    idle(query);

    query.stop();
    assertThat(query.isActive()).isFalse();
    assertThat(query.exception()).isEmpty();
    assertThat(query.status().outage()).isEmpty();

    sink.failsWith(null);
    StreamingQuery again = query().start();
    again.processAllAvailable();
    assertThat(sink.rows).containsExactly("a");
    again.stop();
  }

  @Test
  void sourceOutage_doesNotHoldUpTheCommitOfThePrecedingEpoch() throws Exception {
    UnavailableSource<String> source = new UnavailableSource<>(words);
    words.add("a");
    StreamingQuery query =
        system.vellamo().query("words").from(source).to(sink).clock(clock).start();
    idle(query);
    source.failsWith(refused, "latest");
    words.add("b");
    idle(query);

    assertThat(query.status().outage().orElseThrow().description()).isEqualTo("Source");
    assertThat(query.lastProgress().orElseThrow().epoch()).isEqualTo(1);
    query.stop();
  }

  @Test
  void batch_failsAtTheBound() {
    words.add("a");
    sink.failsWith(refused);

    Assertions.assertThatThrownBy(
            () ->
                query()
                    .retry(
                        RetryPolicy.of(
                            Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofMillis(3)))
                    .runBatch())
        .isInstanceOf(StreamingQueryException.class)
        .hasMessageContaining("writing to Unavailable failed [4] times in [PT0.003S]")
        .hasMessageEndingWith("Connection refused; a batch runs again from its beginning")
        .hasCause(refused);
  }

  private QueryBuilder query() {
    return system.vellamo().query("words").from(words).to(sink).clock(clock);
  }

  private void advance(StreamingQuery query, long millis) {
    clock.advance(Duration.ofMillis(millis));
    idle(query);
  }

  private static void idle(StreamingQuery query) {
    query.whenIdle().toCompletableFuture().join();
  }
}
