package io.vellamo.replay;

import io.vellamo.engine.group.GroupKey;
import io.vellamo.persistence.codec.JsonForms;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The number of findings, and the first of them. */
final class Findings {
  static final int KEPT = 100;

  private final JsonForms forms;
  private final List<Finding> kept = new ArrayList<>();
  private long count;

  Findings(JsonForms forms) {
    this.forms = forms;
  }

  void add(Finding.Kind kind, int shard, long epoch, @Nullable GroupKey key, String message) {
    count++;
    if (kept.size() < KEPT) {
      kept.add(new Finding(kind, shard, epoch, key == null ? null : forms.ofKey(key), message));
    }
  }

  void addAll(Findings others) {
    count += others.count;
    others.kept.stream().limit(KEPT - kept.size()).forEach(kept::add);
  }

  long count() {
    return count;
  }

  List<Finding> kept() {
    return kept;
  }
}
