package io.vellamo.jdbc;

import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A data source whose connections break at a step of the sink's transaction, the n-th time that the
 * step is reached, as if the process or the network had failed there.
 */
final class FailingDataSource implements DataSource {
  /** A step of the transaction. */
  enum Step {
    BEFORE_CONNECTING,
    AFTER_THE_EPOCH,
    AFTER_A_BATCH,
    BEFORE_COMMIT,
    AFTER_COMMIT
  }

  private final DataSource database;
  // Null if nothing is to fail.
  private @Nullable Step step;
  private int passes;

  FailingDataSource(DataSource database) {
    this.database = database;
  }

  /** Breaks the connection at the step that comes after some that pass. */
  synchronized void failAt(Step failing, int passing) {
    step = failing;
    passes = passing;
  }

  synchronized boolean hasFailed() {
    return step == null;
  }

  private synchronized void reach(Step reached) throws SQLException {
    if (reached == step && passes-- == 0) {
      step = null;
      throw new SQLException("broken on purpose", "08006");
    }
  }

  @Override
  public Connection getConnection() throws SQLException {
    reach(Step.BEFORE_CONNECTING);
    return proxy(Connection.class, database.getConnection());
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    return getConnection();
  }

  private <T> T proxy(Class<T> type, T target) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> call(target, method, arguments)));
  }

  private @Nullable Object call(Object target, Method method, Object @Nullable [] arguments)
      throws Throwable {
    if (method.getName().equals("commit")) {
      reach(Step.BEFORE_COMMIT);
    }
    Object result;
    try {
      result = method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getTargetException();
    }
    switch (method.getName()) {
      case "commit" -> reach(Step.AFTER_COMMIT);
      case "executeUpdate" -> reach(Step.AFTER_THE_EPOCH);
      case "executeBatch" -> reach(Step.AFTER_A_BATCH);
      default -> {}
    }
    return result instanceof PreparedStatement statement
        ? proxy(PreparedStatement.class, statement)
        : result;
  }

  @Override
  public PrintWriter getLogWriter() throws SQLException {
    return database.getLogWriter();
  }

  @Override
  public void setLogWriter(PrintWriter out) throws SQLException {
    database.setLogWriter(out);
  }

  @Override
  public void setLoginTimeout(int seconds) throws SQLException {
    database.setLoginTimeout(seconds);
  }

  @Override
  public int getLoginTimeout() throws SQLException {
    return database.getLoginTimeout();
  }

  @Override
  public Logger getParentLogger() {
    return Logger.getGlobal();
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return database.unwrap(type);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) throws SQLException {
    return database.isWrapperFor(type);
  }
}
