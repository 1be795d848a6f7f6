package io.vellamo.engine.failure;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Lookup of user code in stack traces. */
final class UserFrames {
  private static final List<String> PLATFORM =
      List.of(
          "java.",
          "javax.",
          "jdk.",
          "sun.",
          "com.sun.",
          "scala.",
          "org.apache.pekko.",
          "com.fasterxml.jackson.",
          "com.datastax.",
          "com.dynatrace.hash4j.",
          "com.tdunning.math.stats.",
          "com.zaxxer.hikari.",
          "org.apache.kafka.",
          "org.junit.",
          "org.assertj.",
          "org.apache.maven.surefire.");

  private static final String ROOT = "io.vellamo.";

  private static final Set<String> MODULES =
      Set.of(
          "actors",
          "alerts",
          "api",
          "cassandra",
          "cli",
          "cluster",
          "connectors",
          "dashboard",
          "engine",
          "jdbc",
          "journal",
          "kafka",
          "micrometer",
          "persistence",
          "replay",
          "sketches",
          "testkit",
          "webhook");

  private UserFrames() {}

  /**
   * Returns the first frame outside Vellamo, Pekko and the platform. If there is none, returns the
   * first frame of Vellamo, else the first of all; null for a failure without frames.
   */
  static @Nullable String first(Throwable failure) {
    StackTraceElement[] frames = failure.getStackTrace();
    StackTraceElement first = frames.length == 0 ? null : frames[0];
    for (StackTraceElement frame : frames) {
      boolean isOfVellamo = isVellamo(frame.getClassName());
      if (!isOfVellamo && !isOfThePlatform(frame.getClassName())) {
        return text(frame);
      }
      if (isOfVellamo && first != null && isOfThePlatform(first.getClassName())) {
        first = frame;
      }
    }
    return first == null ? null : text(first);
  }

  static boolean isVellamo(String className) {
    if (!className.startsWith(ROOT)) {
      return false;
    }
    int end = className.indexOf('.', ROOT.length());
    return end > 0 && MODULES.contains(className.substring(ROOT.length(), end));
  }

  private static boolean isOfThePlatform(String className) {
    return PLATFORM.stream().anyMatch(className::startsWith);
  }

  /** Formats a frame as a stack trace does, without the names of class loader and module. */
  private static String text(StackTraceElement frame) {
    String file = frame.getFileName();
    String place = file == null ? "Unknown Source" : file;
    String line = file == null || frame.getLineNumber() < 0 ? "" : ":" + frame.getLineNumber();
    return "%s.%s(%s%s)".formatted(frame.getClassName(), frame.getMethodName(), place, line);
  }
}
