package io.vellamo.webhook;

import io.vellamo.api.sink.RowSink;
import io.vellamo.testkit.contract.SinkContract;
import io.vellamo.webhook.FaultyServer.Reply;
import io.vellamo.webhook.FaultyServer.Request;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;

final class WebhookContractTest {
  private FaultyServer server;

  @BeforeEach
  void start() throws IOException {
    server = FaultyServer.start(request -> Reply.of(202));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Nested
  final class EndpointThatKnowsKeys extends SinkContract<String> {
    @Override
    protected RowSink<String> createSink() {
      return Webhook.<String>sink(server.uri()).idempotent();
    }

    @Override
    protected String row(int number) {
      return "row " + number;
    }

    @Override
    protected List<String> written() {
      Map<String, String> byKey = new LinkedHashMap<>();
      server.accepted().forEach(request -> byKey.putIfAbsent(request.key(), request.body()));
      return byKey.values().stream().map(WebhookContractTest::unquoted).toList();
    }
  }

  @Nested
  final class OtherEndpoint extends SinkContract<String> {
    @Override
    protected RowSink<String> createSink() {
      return Webhook.sink(server.uri());
    }

    @Override
    protected String row(int number) {
      return "row " + number;
    }

    @Override
    protected List<String> written() {
      return server.accepted().stream()
          .map(Request::body)
          .map(WebhookContractTest::unquoted)
          .toList();
    }
  }

  private static String unquoted(String json) {
    return json.substring(1, json.length() - 1);
  }
}
