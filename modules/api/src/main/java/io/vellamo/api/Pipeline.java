package io.vellamo.api;

import io.vellamo.api.plan.QueryStarter;
import io.vellamo.api.plan.Stage;
import io.vellamo.api.source.EventSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a pipeline under construction has gathered. */
record Pipeline(
    String name,
    QueryStarter starter,
    EventSource<?> source,
    List<Stage> stages,
    boolean hasWatermark) {

  Pipeline with(Stage stage) {
    List<Stage> more = new ArrayList<>(stages);
    more.add(stage);
    boolean watermark =
        stage instanceof Stage.EventTime || (hasWatermark && !(stage instanceof Stage.Group));
    return new Pipeline(name, starter, source, List.copyOf(more), watermark);
  }

  Optional<Stage.Group> group() {
    return stages.stream()
        .filter(Stage.Group.class::isInstance)
        .map(Stage.Group.class::cast)
        .findFirst();
  }

  boolean everHadWatermark() {
    return stages.stream().anyMatch(Stage.EventTime.class::isInstance);
  }
}
