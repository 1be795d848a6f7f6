package io.vellamo.cli.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.List;
import org.junit.jupiter.api.Test;

final class QueryScreenTest {
  private static List<String> lines(String query, String... reports)
      throws JsonProcessingException {
    ObjectMapper json = new ObjectMapper();
    ReportWindow window = new ReportWindow();
    for (String report : reports) {
      window.add(json.readTree(report));
    }
    JsonNode none = MissingNode.getInstance();
    return new QueryScreen(json.readTree(query), window, none, none).lines();
  }

  @Test
  void failedQuery_isShownWithItsCause() throws Exception {
    assertThat(
            lines(
                """
                {"name": "a", "active": false, "failure": {"epoch": 1234, "cause": "java.io.IOException"}}
                """))
        .containsExactly("a  failed in epoch 1,234: java.io.IOException");
  }

  @Test
  void queryWithoutAnEpoch_hasItsStatusAndItsProblems() throws Exception {
    assertThat(
            lines(
                """
                {"name": "a", "active": true, "guarantee": "AT_LEAST_ONCE",
                 "status": {"message": "Waiting for data to arrive"},
                 "health": {"state": "DEGRADED", "problems": [{"message": "1 group is parked"}]}}
                """))
        .containsExactly(
            "a  degraded  at least once", "  Waiting for data to arrive", "  ! 1 group is parked");
  }

  @Test
  void word_longerThanALine_standsOnALineOfItsOwn() throws Exception {
    String directory = "/data".repeat(20);
    List<String> lines =
        lines(
            """
            {"name": "a", "active": true, "status": {}, "health": {}}
            """,
            """
            {"runId": "r", "epoch": 7, "sources": [{"description": "%s", "lag": {"p0": 1}}]}
            """
                .formatted(directory));

    assertThat(lines)
        .containsSequence("  source     %s:".formatted(directory), "             1 behind (p0 1)");
  }

  @Test
  void parkedGroups_retries_andLagOfManyPartitions_areShown() throws Exception {
    List<String> lines =
        lines(
            """
            {"name": "a", "active": true, "status": {}, "health": {}}
            """,
            """
            {"runId": "r", "epoch": 7, "duration": "PT0.5S", "retries": 2, "journalBytes": 2048,
             "phases": {"plan": "PT0.1S", "read": "PT0.1S", "process": "PT0.2S", "sink": "PT0.1S"},
             "state": {"groups": 9, "parked": 2, "waiting": 3, "bytes": 100},
             "sources": [{"description": "Kafka[t]",
                          "lag": {"p0": 1, "p1": 50, "p2": 3, "p3": 4, "p4": 1000}}],
             "operators": [{"name": "o", "call": "PT0.3S", "persist": "PT0.1S",
                            "state": {"groups": 9, "bytes": 100},
                            "skew": {"input": 4, "groups": 1.25, "call": 2}}]}
            """);

    assertThat(lines)
        .contains(
            "  epoch      7 in 500 ms: plan 100 ms, read 100 ms, functions 150 ms, journal",
            "             50 ms, route 0.0 ms, sink 100 ms, commit 0.0 ms",
            "  state      9 groups (2 parked, 3 events wait), 100 B; journal 2.00 KiB an",
            "             epoch; calls made again 2",
            "  source     Kafka[t]: 1,058 behind (p4 1,000, p1 50, p3 4, p2 3, …)",
            "  operator   o: 9 groups, 100 B",
            "             ? shards, skew 1.3 by groups, 4.0 by events, 2.0 by time");
  }
}
