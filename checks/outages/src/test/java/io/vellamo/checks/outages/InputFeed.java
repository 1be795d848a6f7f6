package io.vellamo.checks.outages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Adds visits, some at a time, to the file and to all systems that run. A system that was stopped
 * gets what it has missed.
 */
final class InputFeed implements Runnable {
  private static final int VISITORS = 37;
  private static final int AT_A_TIME = 4;

  private final List<SiteVisit> visits = new ArrayList<>();
  private final SplittableRandom random;
  private final Path file;
  private final Map<TestedSystem, Integer> added = new HashMap<>();
  private final Set<TestedSystem> stopped = new HashSet<>();
  private @Nullable Exception failure;

  InputFeed(SplittableRandom random, Path file, List<TestedSystem> systems) throws IOException {
    this.random = random;
    this.file = file;
    Files.createFile(file);
    systems.forEach(system -> added.put(system, 0));
  }

  /** Adds the next visits. */
  @Override
  public synchronized void run() {
    try {
      addNext();
    } catch (Exception e) {
      failure = failure == null ? e : failure;
    }
  }

  /** Returns all visits, which all systems have. */
  synchronized List<SiteVisit> finish() throws Exception {
    addNext();
    if (failure != null) {
      throw failure;
    }
    return visits;
  }

  private void addNext() throws Exception {
    List<SiteVisit> next = new ArrayList<>();
    for (int i = 0; i < AT_A_TIME; i++) {
      next.add(new SiteVisit("visitor-" + random.nextInt(VISITORS), visits.size() + i));
    }
    String lines = next.stream().map(visit -> visit.json() + "\n").collect(Collectors.joining());
    Files.writeString(file, lines, StandardOpenOption.APPEND);
    visits.addAll(next);
    for (Map.Entry<TestedSystem, Integer> each : added.entrySet()) {
      if (!stopped.contains(each.getKey())) {
        each.getKey().add(visits.subList(each.getValue(), visits.size()));
        each.setValue(visits.size());
      }
    }
  }

  /** Stops a system between two additions. */
  synchronized void stop(TestedSystem system) throws Exception {
    stopped.add(system);
    system.stop();
  }

  void restart(TestedSystem system) throws Exception {
    system.restart();
    synchronized (this) {
      stopped.remove(system);
    }
  }
}
