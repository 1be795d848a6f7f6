package io.vellamo.checks.cluster;

import java.util.Map;

/** The build of Vellamo that a node runs. */
enum NodeBuild {
  /** The build under test. */
  CURRENT,

  /** The build after it, which reads forms of the build after that, and writes current ones. */
  NEXT,

  /** The build after the next one, which writes those forms, and reads current ones. */
  AFTER_NEXT;

  static final String WRITES_LATER_FORMS = "checks.writes-later-forms";

  /** Returns the settings of a node of this build. */
  Map<String, Object> config() {
    return this == CURRENT
        ? Map.of()
        : Map.of(
            "pekko.actor.serializers.vellamo-cluster",
            LaterClusterSerializer.class.getName(),
            "pekko.actor.serializers.vellamo-journal",
            LaterJournalSerializer.class.getName(),
            WRITES_LATER_FORMS,
            this == AFTER_NEXT);
  }
}
