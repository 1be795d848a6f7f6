package io.vellamo.checks.outages;

import java.io.IOException;
import java.util.List;

/**
 * A system that a query writes to, and reads from if it can be read.
 *
 * <p><b>Threading</b> Called by one thread at a time.
 */
interface TestedSystem extends AutoCloseable {
  /** Returns the name of the query, too. */
  String name();

  /** Prepares the input and output of a run. */
  void prepare(Addresses addresses) throws Exception;

  /** Adds events; not called while the system is stopped. */
  void add(List<SiteVisit> visits) throws Exception;

  void stop() throws Exception;

  /** Starts the stopped system, on the same port and with the same data. */
  void restart() throws Exception;

  /**
   * Returns the rows as {@link VisitTotal#text} gives them, also those that are there more than
   * once; the rows of a visitor in their order, if the system has one.
   */
  List<String> rows() throws Exception;

  /** Returns whether {@link #rows} has the rows of a visitor in order. */
  boolean keepsOrder();

  @Override
  void close() throws IOException;
}
