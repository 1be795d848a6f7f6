package io.vellamo.samples.guide;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.vellamo.actors.Vellamo;
import io.vellamo.api.aggregate.Aggregates;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.query.StreamingQuery;
import io.vellamo.connectors.pekko.QueryFlow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.stream.RestartSettings;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.FlowWithContext;
import org.apache.pekko.stream.javadsl.RestartSource;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.stream.javadsl.SourceWithContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The streams of the page about queries as stages. */
final class PekkoStreamsGuideTest {
  record Order(String customer, long cents) {}

  record Total(String customer, long cents) {}

  /** A message as a client of a broker delivers it. */
  record Delivery(String id, Order order) {}

  /** A broker with two messages, and a store of totals. */
  static final class Systems {
    final List<Total> totals = new ArrayList<>();
    final List<String> acknowledged = new ArrayList<>();

    Source<Delivery, NotUsed> deliveries() {
      return Source.from(
          List.of(
              new Delivery("m-1", new Order("anna", 200)),
              new Delivery("m-2", new Order("anna", 300))));
    }

    CompletionStage<Done> store(List<Total> rows) {
      totals.addAll(rows);
      return CompletableFuture.completedStage(Done.done());
    }

    CompletionStage<Done> acknowledge(List<Delivery> deliveries) {
      deliveries.forEach(delivery -> acknowledged.add(delivery.id()));
      return CompletableFuture.completedStage(Done.done());
    }
  }

  private final ActorSystem<Done> system =
      ActorSystem.create(
          Behaviors.empty(),
          "guide",
          ConfigFactory.parseString(
                  "pekko.persistence.journal.plugin = \"pekko.persistence.journal.inmem\"")
              .withFallback(ConfigFactory.load()));
  private final Systems systems = new Systems();

  @AfterEach
  void stop() {
    system.terminate();
    system.getWhenTerminated().toCompletableFuture().join();
  }

  static QueryFlow<Order, Total> totals(ActorSystem<?> system) {
    QueryFlow<Order, Total> totals =
        QueryFlow.of(
            (orders, rows) ->
                Vellamo.get(system)
                    .query("totals")
                    .from(orders)
                    .groupByKey(Order::customer)
                    .aggregate(Aggregates.sumOfLongs(Order::cents), Total::new)
                    .outputMode(OutputMode.UPDATE)
                    .to(rows));
    return totals;
  }

  @Test
  void rows_areWritten_andDeliveriesAcknowledged() {
    QueryFlow<Order, Total> totals = totals(system);

    acknowledging(totals).runWith(Sink.ignore(), system).toCompletableFuture().join();

    assertThat(systems.totals).endsWith(new Total("anna", 500));
    assertThat(systems.acknowledged).containsExactly("m-1", "m-2");
  }

  private Source<Done, NotUsed> acknowledging(QueryFlow<Order, Total> totals) {
    FlowWithContext<Order, Delivery, List<Total>, List<Delivery>, CompletionStage<StreamingQuery>>
        flow = totals.flowWithContext((order, delivery) -> delivery.id());

    SourceWithContext<Order, Delivery, NotUsed> orders =
        systems.deliveries().asSourceWithContext(delivery -> delivery).map(Delivery::order);
    Source<Done, NotUsed> stream =
        orders
            .via(flow)
            .mapAsync(1, systems::store)
            .asSource()
            .mapAsync(1, stored -> systems.acknowledge(stored.second()));
    return stream;
  }

  /** Compiled, not run, as it has no end. */
  static void plain(ActorSystem<?> system, Source<Order, NotUsed> orders) {
    QueryFlow<Order, Total> totals = totals(system);
    Flow<Order, Total, CompletionStage<StreamingQuery>> flow = totals.flow();
    orders.via(flow).runWith(Sink.foreach(System.out::println), system);
  }

  /** Compiled, not run, as it has no end. */
  void restarted() {
    QueryFlow<Order, Total> totals = totals(system);
    RestartSource.onFailuresWithBackoff(
            RestartSettings.create(Duration.ofSeconds(1), Duration.ofMinutes(1), 0.2),
            () -> acknowledging(totals))
        .runWith(Sink.ignore(), system);
  }
}
