package io.vellamo.cluster.home;

import io.vellamo.actors.query.QuerySpec;
import io.vellamo.engine.pipeline.PreparedQuery;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * The text of a query's definition, by which nodes recognize another one: sources, stages,
 * operators and their modes, sink, layouts and number of shards. It can't tell two functions apart.
 *
 * @param lines the parts of the definition, in order
 */
record Fingerprint(List<String> lines) {
  /** Longer lines are cut, and end with a hash of the whole. */
  private static final int LONGEST = 400;

  Fingerprint {
    lines = List.copyOf(lines);
  }

  /**
   * Returns the text of a query. Descriptions of its sources and its sink are left out: they may
   * have addresses, which may differ from node to node.
   */
  static Fingerprint of(QuerySpec spec) {
    PreparedQuery query = spec.query();
    List<String> lines = new ArrayList<>();
    query
        .explanation()
        .replace(query.sourceDescription(), "…")
        .replace(query.sinkDescription(), spec.plan().sink().getClass().getSimpleName())
        .lines()
        .forEach(lines::add);
    lines.add("shards of an operator: " + spec.settings().shards());
    lines.add("state: " + query.stateShape());
    query.layouts().forEach(layout -> lines.add("layout: " + layout));
    return new Fingerprint(lines.stream().map(Fingerprint::bounded).toList());
  }

  private static String bounded(String line) {
    return line.length() <= LONGEST
        ? line
        : line.substring(0, LONGEST) + "… " + HexFormat.of().toHexDigits(line.hashCode());
  }

  /**
   * Returns a message for the first difference to another node's definition, empty if there is
   * none.
   *
   * @param query the query's name
   * @param here the node of this definition
   * @param there the node of the other one
   */
  String differenceTo(Fingerprint other, String query, String here, String there) {
    int most = Math.max(lines.size(), other.lines.size());
    for (int index = 0; index < most; index++) {
      if (!line(index).equals(other.line(index))) {
        return "Query [%s] must have the same definition on all nodes of the cluster: node [%s] has [%s], where node [%s] has [%s]; run the same code with the same configuration on both"
            .formatted(query, here, line(index), there, other.line(index));
      }
    }
    return "";
  }

  private String line(int index) {
    return index < lines.size() ? lines.get(index) : "nothing";
  }
}
