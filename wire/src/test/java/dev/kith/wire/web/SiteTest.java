package dev.kith.wire.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kith.wire.web.Site.Place;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SiteTest {
  private final Site site =
      Site.empty()
          .withRoute("/", named("root"))
          .withRoute("/a/*", named("below a"))
          .withRoute("/a/b/*", named("below b"))
          .withRoute("/a/b/c", named("c"))
          .withEndpoint("/socket", _ -> Admission.refuse(WebResponse.text(Status.FORBIDDEN, "")));

  @Test
  void anExactPathWinsThenTheLongestPattern() {
    assertThat(answer("/")).isEqualTo("root");
    assertThat(answer("/a/b/c")).isEqualTo("c");
    assertThat(answer("/a/b/d")).isEqualTo("below b");
    assertThat(answer("/a/x/y")).isEqualTo("below a");
    assertThat(answer("/a/")).isEqualTo("below a");
  }

  @Test
  void whatNobodyServesIsNowhere() {
    assertThat(site.at("/a")).isEmpty();
    assertThat(site.at("/ab/c")).isEmpty();
    assertThat(site.at("/socket/x")).isEmpty();
  }

  @Test
  void anEndpointIsAPlaceOfItsOwn() {
    assertThat(site.at("/socket"))
        .hasValueSatisfying(place -> assertThat(place).isInstanceOf(Place.Opening.class));
  }

  @Test
  void aPatternIsTakenOnceAndBeginsWithASlash() {
    assertThatThrownBy(() -> site.withRoute("/", named("again"))).hasMessageContaining("taken");
    assertThatThrownBy(() -> site.withRoute("x", named("x"))).hasMessageContaining("slash");
  }

  @Test
  void aRefusalDoesNotLookLikeASuccess() {
    assertThatThrownBy(() -> Admission.refuse(WebResponse.text(Status.OK, "")))
        .hasMessageContaining("200");
  }

  private String answer(String path) {
    var request =
        new WebRequest(
            Method.GET,
            path,
            Map.of("q", List.of("1")),
            Headers.none(),
            InetSocketAddress.createUnresolved("test", 1));
    return site.at(path)
        .map(place -> (Place.Answering) place)
        .map(place -> place.route().answer(request).body().text())
        .orElseThrow();
  }

  private static Route named(String name) {
    return Route.always(WebResponse.text(Status.OK, name));
  }
}
