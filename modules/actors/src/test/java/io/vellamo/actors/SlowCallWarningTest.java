package io.vellamo.actors;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.query.StreamingQuery;
import io.vellamo.connectors.memory.MemorySink;
import io.vellamo.connectors.memory.MemorySource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/** Calls that take long are logged, and so is a query that has no function thread left. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
final class SlowCallWarningTest {
  private final TestSystem system =
      TestSystem.start("vellamo.query.warn-after = 100ms\nvellamo.stop-timeout = 4s");
  private final UserGate gate = UserGate.ignoring();
  private final BlockingQueue<String> warnings = new LinkedBlockingQueue<>();
  private final Logger logger = (Logger) LoggerFactory.getLogger("io.vellamo.actors");
  private final AppenderBase<ILoggingEvent> appender =
      new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
          warnings.add(event.getFormattedMessage());
        }
      };

  @BeforeEach
  void listen() {
    appender.start();
    logger.addAppender(appender);
    logger.setLevel(Level.WARN);
  }

  @AfterEach
  void stop() {
    logger.detachAppender(appender);
    logger.setLevel(null);
    gate.open();
    system.close();
  }

  @Test
  void callsThatTakeLong_areLoggedOnce_andThatNoThreadIsLeft() throws Exception {
    int threads = Math.max(2, Runtime.getRuntime().availableProcessors());
    MemorySource<String> words = MemorySource.create();
    words.add(IntStream.range(0, 10 * threads).mapToObj(i -> "k" + i).toArray(String[]::new));
    StreamingQuery query =
        system
            .vellamo()
            .query("slow")
            .from(words)
            .groupByKey(word -> word)
            .flatMapGroupsWithState(
                OutputMode.UPDATE,
                GroupStateTimeout.NONE,
                Integer.class,
                (word, events, state) -> {
                  gate.pass();
                  return List.<String>of().iterator();
                })
            .to(MemorySink.create())
            .start();

    List<String> seen = new ArrayList<>();
    String last = "";
    while (!last.contains("function threads")) {
      last = String.valueOf(warnings.poll(60, TimeUnit.SECONDS));
      if (last.contains("function")) {
        seen.add(last);
      }
    }

    assertThat(last).contains("Query [slow]: all of its [" + threads + "] function threads");
    assertThat(seen.get(0))
        .startsWith("Query [slow]: the function of [flatMapGroupsWithState] for group [k");
    assertThat(seen).doesNotHaveDuplicates().hasSizeBetween(2, threads + 1);
    gate.open();
    query.processAllAvailable();
    query.stop(Duration.ofSeconds(30));
  }
}
