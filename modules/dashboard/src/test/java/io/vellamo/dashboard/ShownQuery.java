package io.vellamo.dashboard;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.vellamo.actors.Vellamo;
import io.vellamo.api.group.GroupState;
import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.query.ErrorPolicy;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.query.StreamingQuery;
import io.vellamo.api.sink.DeadLetter;
import io.vellamo.connectors.memory.MemorySink;
import io.vellamo.connectors.memory.MemorySource;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** A query with a watermark that adds the amounts of each customer, and fails on some of them. */
final class ShownQuery implements AutoCloseable {
  /** An event. */
  record Order(String customer, long amount, Instant time) {}

  /** A state. */
  record Spent(long orders, long amount, String secret) {}

  static final Instant START = Instant.parse("2026-03-01T08:00:00Z");
  static final String OPERATOR = "spending";

  /** A text that only states have. */
  static final String SECRET = "secret-of-a-state";

  final MemorySource<Order> orders = MemorySource.create(2);
  final MemorySink<String> rows = MemorySink.create();
  final MemorySink<DeadLetter> letters = MemorySink.create();
  final Set<String> failing = ConcurrentHashMap.newKeySet();
  final ActorSystem<Void> system;
  final StreamingQuery query;

  ShownQuery(Path dir, int shards) {
    this(dir, shards, "");
  }

  /** Starts the query with further settings. */
  ShownQuery(Path dir, int shards, String settings) {
    Config config =
        ConfigFactory.parseString(
                """
                pekko.loglevel = WARNING
                vellamo.query.shards = %s
                vellamo.embedded-journal.sync = off
                vellamo.embedded-journal.dir = "%s"
                pekko.persistence.journal.plugin = "vellamo.embedded-journal.journal"
                pekko.persistence.snapshot-store.plugin = "vellamo.embedded-journal.snapshot-store"
                """
                        .formatted(shards, dir)
                    + settings)
            .withFallback(ConfigFactory.load());
    system = ActorSystem.create(Behaviors.empty(), "shown", config);
    query =
        Vellamo.get(system)
            .query("orders")
            .from(orders)
            .withWatermark(Order::time, Duration.ofMinutes(1))
            .groupByKey(Order::customer)
            .flatMapGroupsWithState(
                OutputMode.APPEND, GroupStateTimeout.EVENT_TIME, Spent.class, this::spend)
            .named(OPERATOR)
            .to(rows)
            .onError(ErrorPolicy.park())
            .deadLettersTo(letters)
            .start();
  }

  private Iterator<String> spend(String customer, Iterator<Order> orders, GroupState<Spent> state) {
    Spent spent = state.optional().orElse(new Spent(0, 0, SECRET));
    List<String> large = new ArrayList<>();
    while (orders.hasNext()) {
      Order order = orders.next();
      if (failing.contains(customer)) {
        throw new IllegalStateException("the account of " + customer + " is locked");
      }
      spent = new Spent(spent.orders + 1, spent.amount + order.amount, SECRET);
      if (order.amount > 80) {
        large.add(customer + " " + order.amount);
      }
    }
    state.update(spent);
    return large.iterator();
  }

  static Order order(String customer, long amount, int second) {
    return new Order(customer, amount, START.plusSeconds(second));
  }

  /** Adds an epoch's events and waits until they are committed. */
  ShownQuery add(Order... events) throws InterruptedException {
    orders.addTo(0, List.of(events));
    query.processAllAvailable();
    return this;
  }

  /** Adds events of many customers, the lower numbers more often, in some epochs. */
  ShownQuery addMany(int epochs, int each, int customers) throws InterruptedException {
    Random random = new Random(7);
    for (int epoch = 0; epoch < epochs; epoch++) {
      List<Order> events = new ArrayList<>();
      int size = each / 2 + random.nextInt(each);
      for (int i = 0; i < size; i++) {
        int customer = (int) (customers * Math.pow(random.nextDouble(), 3));
        events.add(order("customer-" + customer, random.nextInt(100), epoch * 10));
      }
      orders.addTo(epoch % 2, events);
      query.processAllAvailable();
    }
    return this;
  }

  /** Adds one event of each of many customers, whose amount is the customer's number. */
  ShownQuery addCustomers(int customers) throws InterruptedException {
    List<Order> events = new ArrayList<>();
    for (int customer = 0; customer < customers; customer++) {
      events.add(order("customer-" + customer, customer, 0));
    }
    orders.addTo(0, events);
    query.processAllAvailable();
    return this;
  }

  @Override
  public void close() {
    system.terminate();
    try {
      system.getWhenTerminated().toCompletableFuture().get(60, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException("The actor system must terminate within a minute", e);
    }
  }
}
