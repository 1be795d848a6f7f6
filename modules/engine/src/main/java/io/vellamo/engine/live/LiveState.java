package io.vellamo.engine.live;

import io.vellamo.api.SerializationException;
import io.vellamo.api.query.CommittedGroup;
import io.vellamo.api.query.GroupPage;
import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.pipeline.PreparedQuery;
import io.vellamo.engine.protocol.query.GroupAnswer;
import io.vellamo.engine.protocol.query.GroupPosition;
import io.vellamo.engine.protocol.query.QueryRequest;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Access to the groups of a running query, as of its last committed epoch.
 *
 * <p><b>Threading</b> Safe to share.
 */
public final class LiveState {
  private static final String STANDARD_TYPES =
      "String, Integer, Long, Boolean, Double, UUID or Instant";

  private final PreparedQuery query;
  private final GroupTexts texts;
  private final Function<LongFunction<QueryRequest>, CompletionStage<GroupAnswer>> ask;

  /**
   * Creates the access.
   *
   * @param texts writes groups as text
   * @param ask makes a request, created from the number that identifies it; completes with the
   *     answer
   */
  public LiveState(
      PreparedQuery query,
      GroupTexts texts,
      Function<LongFunction<QueryRequest>, CompletionStage<GroupAnswer>> ask) {
    this.query = query;
    this.texts = texts;
    this.ask = ask;
  }

  /**
   * Returns a group of the query's only operator.
   *
   * @throws IllegalArgumentException if there is not exactly one, or the key can't be one of it
   */
  public CompletionStage<Optional<CommittedGroup>> state(@Nullable Object key) {
    List<String> operators = query.operatorNames();
    if (operators.size() != 1) {
      throw new IllegalArgumentException(
          "query [%s] must have one stateful operator to be asked without the operator's name, has [%s]; use state(operator, key)"
              .formatted(query.name(), String.join(", ", operators)));
    }
    return state(0, key);
  }

  /**
   * Returns a group of an operator.
   *
   * @throws IllegalArgumentException if there is no such operator, or the key can't be one of it
   */
  public CompletionStage<Optional<CommittedGroup>> state(String operator, @Nullable Object key) {
    return state(query.operatorIndex(operator), key);
  }

  private CompletionStage<Optional<CommittedGroup>> state(int operator, @Nullable Object key) {
    GroupKey written = written(operator, key);
    return ask.apply(id -> new QueryRequest.ReadGroup(id, operator, written))
        .thenApply(answer -> groups(operator, answer).stream().findFirst());
  }

  private GroupKey written(int operator, @Nullable Object key) {
    try {
      return query.operators().get(operator).keyCodec().write(key);
    } catch (SerializationException e) {
      throw new IllegalArgumentException(
          "key must have type [%s], as the keys of operator [%s] have, was [%s]; pass a key as groupByKey returns it"
              .formatted(
                  query
                      .compiled()
                      .operators()
                      .get(operator)
                      .keyType()
                      .map(Type::getTypeName)
                      .orElse(STANDARD_TYPES),
                  query.operatorNames().get(operator),
                  key == null ? "null" : key.getClass().getName()),
          e);
    }
  }

  /**
   * Returns the first groups of an operator.
   *
   * @throws IllegalArgumentException if there is no such operator, or the limit is out of range
   */
  public CompletionStage<GroupPage> groups(String operator, int limit) {
    return groups(operator, GroupPosition.FIRST, limit);
  }

  /**
   * Returns the groups of an operator after those of an earlier page.
   *
   * @throws IllegalArgumentException if there is no such operator, no page gave the position, or
   *     the limit is out of range
   */
  public CompletionStage<GroupPage> groups(String operator, String after, int limit) {
    return groups(operator, GroupPosition.of(after), limit);
  }

  private CompletionStage<GroupPage> groups(String operator, GroupPosition from, int limit) {
    int index = query.operatorIndex(operator);
    if (limit < 1 || limit > GroupPage.MAX_LIMIT) {
      throw new IllegalArgumentException(
          "limit must be from [1] to [%d], was [%d]; ask for the next pages with next()"
              .formatted(GroupPage.MAX_LIMIT, limit));
    }
    return ask.apply(id -> new QueryRequest.ListGroups(id, index, from, limit))
        .thenApply(answer -> page(index, answer));
  }

  private GroupPage page(int operator, GroupAnswer answer) {
    GroupPosition next = answer.next();
    return new GroupPage(
        groups(operator, answer), next == null ? Optional.empty() : Optional.of(next.text()));
  }

  /** Returns the groups of an answer, without those of which all entries have expired. */
  private List<CommittedGroup> groups(int operator, GroupAnswer answer) {
    return answer.groups().stream()
        .map(group -> CommittedGroupView.of(query, operator, group, texts))
        .filter(view -> !view.isEmpty())
        .<CommittedGroup>map(view -> view)
        .toList();
  }
}
