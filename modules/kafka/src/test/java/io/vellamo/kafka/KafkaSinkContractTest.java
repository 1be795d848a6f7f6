package io.vellamo.kafka;

import io.vellamo.api.sink.ParallelSink;
import io.vellamo.api.sink.RowSink;
import io.vellamo.testkit.contract.ParallelSinkContract;
import io.vellamo.testkit.contract.SinkContract;
import java.util.List;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Nested;

final class KafkaSinkContractTest {
  private final KafkaBroker broker = KafkaBroker.shared();
  private String topic = "";

  @Nested
  final class ExactlyOnce extends SinkContract<String> {
    @Override
    protected RowSink<String> createSink() throws Exception {
      topic = broker.topic(1);
      return KafkaSink.of(broker.servers(), topic, StringSerializer::new, row -> row);
    }

    @Override
    protected String row(int number) {
      return "row " + number;
    }

    @Override
    protected List<String> written() throws Exception {
      return broker.committedValues(topic);
    }
  }

  @Nested
  final class Ranges extends ParallelSinkContract<String> {
    @Override
    protected ParallelSink<String> createSink() throws Exception {
      topic = broker.topic(1);
      return KafkaSink.of(broker.servers(), topic, StringSerializer::new, row -> row);
    }

    @Override
    protected String row(int number) {
      return "row " + number;
    }

    @Override
    protected List<String> written() throws Exception {
      return new VisibleRows(broker, topic).values();
    }
  }

  @Nested
  final class AtLeastOnce extends SinkContract<String> {
    @Override
    protected RowSink<String> createSink() throws Exception {
      topic = broker.topic(1);
      return KafkaSink.<String, String>of(
              broker.servers(), topic, StringSerializer::new, row -> row)
          .atLeastOnce();
    }

    @Override
    protected String row(int number) {
      return "row " + number;
    }

    @Override
    protected List<String> written() throws Exception {
      return broker.committedValues(topic);
    }
  }
}
