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
 * Adds the visits of a run, some at a time, to the file and to all systems that run. A system that
 * was stopped gets what it has missed.
 */
final class InputFeed implements Runnable {
  private static final int VISITORS = 37;
  private static final int AT_A_TIME = 4;

  private final List<SiteVisit> visits = new ArrayList<>();
  private final Path file;
  private final Map<TestedSystem, Integer> added = new HashMap<>();
  private final Set<TestedSystem> stopped = new HashSet<>();
  private int inFile;
  private @Nullable Exception failure;

  InputFeed(int count, SplittableRandom random, Path file, List<TestedSystem> systems)
      throws IOException {
    for (int i = 0; i < count; i++) {
      visits.add(new SiteVisit("visitor-" + random.nextInt(VISITORS), i));
    }
    this.file = file;
    Files.createFile(file);
    systems.forEach(system -> added.put(system, 0));
  }

  List<SiteVisit> visits() {
    return visits;
  }

  /** Adds the next visits. */
  @Override
  public synchronized void run() {
    try {
      addUntil(Math.min(visits.size(), inFile + AT_A_TIME));
    } catch (Exception e) {
      failure = failure == null ? e : failure;
    }
  }

  /** Adds all visits that are left. */
  synchronized void addAll() throws Exception {
    addUntil(visits.size());
    if (failure != null) {
      throw failure;
    }
  }

  private void addUntil(int end) throws Exception {
    String lines =
        visits.subList(inFile, end).stream()
            .map(visit -> visit.json() + "\n")
            .collect(Collectors.joining());
    Files.writeString(file, lines, StandardOpenOption.APPEND);
    inFile = end;
    for (Map.Entry<TestedSystem, Integer> each : added.entrySet()) {
      if (!stopped.contains(each.getKey()) && each.getValue() < end) {
        each.getKey().add(visits.subList(each.getValue(), end));
        each.setValue(end);
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
