package io.vellamo.actors.replay;

import io.vellamo.actors.Vellamo;
import io.vellamo.actors.replay.Orders.OrderEvent;
import io.vellamo.actors.replay.Orders.Reminder;
import io.vellamo.api.process.GroupProcessor;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.query.StreamingQuery;
import io.vellamo.connectors.memory.MemorySink;
import io.vellamo.connectors.memory.MemorySource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;

/** A query of orders on the embedded journal. */
final class OrderRuns {
  static final String NAME = "orders";

  final MemorySource<OrderEvent> orders = MemorySource.create();
  final MemorySink<Reminder> reminders = MemorySink.create();
  private final VisitRuns runs;

  OrderRuns(Path directory) {
    this.runs = new VisitRuns(directory);
  }

  VisitRuns.Run start(String settings) {
    return runs.start(settings);
  }

  StreamingQuery query(VisitRuns.Run run, GroupProcessor<String, OrderEvent, Reminder> processor) {
    return Vellamo.get(run.system())
        .query(NAME)
        .from(orders)
        .withWatermark(Orders::time, Duration.ofSeconds(5))
        .groupByKey(OrderEvent::customer)
        .process(OutputMode.APPEND, processor)
        .to(reminders)
        .clock(runs.clock)
        .start();
  }

  /** Runs the events of one moment, a second of processing time later than the last. */
  void epoch(StreamingQuery query, OrderEvent... events) throws InterruptedException {
    runs.clock.advance(Duration.ofSeconds(1));
    orders.add(events);
    query.processAllAvailable();
  }

  /** Runs forty epochs of random orders of a few customers, with a restart after each ten. */
  void random(long seed, GroupProcessor<String, OrderEvent, Reminder> processor, String settings)
      throws Exception {
    Random random = new Random(seed);
    long second = 100;
    for (int restart = 0; restart < 4; restart++) {
      try (VisitRuns.Run run = start(settings)) {
        StreamingQuery query = query(run, processor);
        for (int epoch = 0; epoch < 10; epoch++) {
          second += random.nextInt(6);
          OrderEvent[] events = new OrderEvent[1 + random.nextInt(12)];
          for (int i = 0; i < events.length; i++) {
            // Most orders are of one customer, whose group is in several parts of a snapshot.
            String customer = "c" + Math.max(0, random.nextInt(16) - 10);
            events[i] =
                new OrderEvent(
                    customer,
                    "o" + random.nextInt(60),
                    random.nextInt(3) == 0,
                    second - random.nextInt(5));
          }
          epoch(query, events);
        }
        query.stop();
      }
    }
  }
}
