package io.vellamo.samples.trips;

import io.vellamo.actors.Vellamo;
import io.vellamo.api.GroupedStream;
import io.vellamo.api.RecordColumns;
import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.group.StateRows;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.query.StreamingQuery;
import io.vellamo.cassandra.CassandraCluster;
import io.vellamo.cassandra.CassandraKey;
import io.vellamo.cassandra.CassandraSink;
import io.vellamo.connectors.rate.RateSource;
import io.vellamo.kafka.KafkaSink;
import io.vellamo.kafka.KafkaSource;
import java.time.Duration;

/**
 * The queries of the sample: one writes positions to Kafka, two read them. The first of these
 * writes each trip that has ended, the second keeps a table of the trips that have not.
 *
 * @param vellamo starts the queries
 * @param brokers the address of Kafka
 * @param cluster the nodes of Cassandra
 */
record TripQueries(Vellamo vellamo, String brokers, CassandraCluster cluster) {
  static final String TOPIC = "positions";
  static final String KEYSPACE = "samples";
  static final String TRIPS = KEYSPACE + ".trips";
  static final String RUNNING = KEYSPACE + ".running_trips";

  private static final Duration GAP = Duration.ofSeconds(2);
  private static final Duration DELAY = Duration.ofSeconds(1);

  StreamingQuery positions(Fleet fleet, int rate) {
    return vellamo
        .query("positions")
        .from(RateSource.perSecond(rate))
        .filter(fleet::isDriving)
        .map(fleet::position)
        .to(KafkaSink.<Position>json(brokers, TOPIC).withKey(Position::vehicle))
        .start();
  }

  StreamingQuery trips() {
    return byVehicle("trips")
        .flatMapGroupsWithState(
            OutputMode.APPEND, GroupStateTimeout.EVENT_TIME, OpenTrip.class, new FollowTrip(GAP))
        .to(
            CassandraSink.upsert(
                    cluster,
                    TRIPS,
                    RecordColumns.of(Trip.class),
                    CassandraKey.of("vehicle").clusteredBy("start_time"))
                .createTables())
        .start();
  }

  StreamingQuery running() {
    return byVehicle("running-trips")
        .flatMapGroupsWithState(
            OutputMode.UPDATE,
            GroupStateTimeout.EVENT_TIME,
            OpenTrip.class,
            StateRows.of(new FollowTrip(GAP)::call, RunningTrip::new, RunningTrip::none))
        .to(
            CassandraSink.upsertOrDelete(
                    cluster,
                    RUNNING,
                    RecordColumns.of(RunningTrip.class),
                    CassandraKey.of("vehicle"),
                    RunningTrip::hasEnded)
                .createTables())
        .start();
  }

  private GroupedStream<String, Position> byVehicle(String name) {
    return vellamo
        .query(name)
        .from(KafkaSource.of(brokers, TOPIC).json(Position.class))
        .withWatermark(Position::time, DELAY)
        .groupByKey(Position::vehicle);
  }
}
