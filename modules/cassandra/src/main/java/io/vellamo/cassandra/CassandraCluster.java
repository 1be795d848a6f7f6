package io.vellamo.cassandra;

import static java.util.Objects.requireNonNull;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A cluster that sinks write to: a session of the application, or addresses for which the first
 * sink that opens creates a session, and the last one that closes closes it.
 *
 * <p><b>Threading</b> Safe to share.
 *
 * @since 0.1
 */
public final class CassandraCluster {
  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(10);
  private static final int QUIET_MILLIS = 100;
  private static final int CLOSE_MILLIS = 15_000;

  private final List<InetSocketAddress> contactPoints;
  private final String datacenter;
  private final boolean isShared;
  // Guarded by this, as is the number of its users. Null while no sink is open.
  private @Nullable CqlSession session;
  private int users;

  private CassandraCluster(
      List<InetSocketAddress> contactPoints, String datacenter, @Nullable CqlSession session) {
    this.contactPoints = contactPoints;
    this.datacenter = datacenter;
    this.isShared = session != null;
    this.session = session;
  }

  /**
   * Returns the cluster of a session.
   *
   * @param session the session, which sinks do not close
   * @return the cluster
   */
  public static CassandraCluster of(CqlSession session) {
    return new CassandraCluster(List.of(), "", requireNonNull(session, "session"));
  }

  /**
   * Returns the cluster of some nodes. The driver's settings come from {@code datastax-java-driver}
   * in {@code application.conf}, except that a request may take 10 s, and that the driver's threads
   * end a tenth of a second after a session is closed.
   *
   * @param contactPoints addresses of nodes, at least one
   * @param datacenter the name of the local data center
   * @return the cluster
   * @throws IllegalArgumentException if there are no contact points
   */
  public static CassandraCluster at(List<InetSocketAddress> contactPoints, String datacenter) {
    if (contactPoints.isEmpty()) {
      throw new IllegalArgumentException("contactPoints must have at least one address, was []");
    }
    return new CassandraCluster(
        List.copyOf(contactPoints), requireNonNull(datacenter, "datacenter"), null);
  }

  /** Returns the session for a sink, which calls {@link #release} once. */
  synchronized CqlSession acquire() {
    CqlSession open = session == null ? connect() : session;
    session = open;
    users++;
    return open;
  }

  private CqlSession connect() {
    return CqlSession.builder()
        .addContactPoints(contactPoints)
        .withLocalDatacenter(datacenter)
        .withConfigLoader(
            DriverConfigLoader.programmaticBuilder()
                .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, REQUEST_TIMEOUT)
                // A sink is closed without requests in flight. By default the driver waits until
                // none
                // has come for two seconds, at each stop of a query and each retry.
                .withString(DefaultDriverOption.NETTY_IO_SHUTDOWN_UNIT, "MILLISECONDS")
                .withInt(DefaultDriverOption.NETTY_IO_SHUTDOWN_QUIET_PERIOD, QUIET_MILLIS)
                .withInt(DefaultDriverOption.NETTY_IO_SHUTDOWN_TIMEOUT, CLOSE_MILLIS)
                .withString(DefaultDriverOption.NETTY_ADMIN_SHUTDOWN_UNIT, "MILLISECONDS")
                .withInt(DefaultDriverOption.NETTY_ADMIN_SHUTDOWN_QUIET_PERIOD, QUIET_MILLIS)
                .withInt(DefaultDriverOption.NETTY_ADMIN_SHUTDOWN_TIMEOUT, CLOSE_MILLIS)
                .build())
        .build();
  }

  synchronized void release() {
    users--;
    if (users == 0 && !isShared && session != null) {
      session.close();
      session = null;
    }
  }

  @Override
  public String toString() {
    return isShared ? "CqlSession" : contactPoints.toString();
  }
}
