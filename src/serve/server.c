#include "serve/server.h"

#include <arpa/inet.h>
#include <errno.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>
#include <unistd.h>

#include "serve/assets.h"

enum {
    CONNECTIONS = 64,
    STREAMS = 24, /* pages that wait for changes: the rest is for answers */
    IDLE_SECONDS = 60,
    PING_SECONDS = 15
};

/* The page loads nothing from anywhere else, and nothing may show it inside of itself. */
#define PAGE_POLICY                                                                                \
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src "        \
    "'self'; "                                                                                     \
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
/* A picture opened on its own: its styles and its font are in it, and it runs nothing. */
#define PICTURE_POLICY                                                                             \
    "default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src data:; base-uri "      \
    "'none'; form-action 'none'; frame-ancestors 'none'; sandbox"

struct nc_server {
    const nc_site *site;
    struct MHD_Daemon *daemon;
    uint16_t port;
    pthread_mutex_t mutex;
    pthread_cond_t changed;
    unsigned long version; /* of what is on the disk, counted from 1 */
    unsigned streams;
    bool stopping;
};

/* ---- answers ------------------------------------------------------------------------------- */

typedef enum MHD_Result result;

static void put_header(struct MHD_Response *response, const char *name, const char *value)
{
    (void)MHD_add_response_header(response, name, value);
}

static void put_headers(struct MHD_Response *response, const char *type, const char *policy)
{
    put_header(response, "Content-Type", type);
    put_header(response, "Content-Security-Policy", policy);
    put_header(response, "X-Content-Type-Options", "nosniff");
    put_header(response, "X-Frame-Options", "DENY");
    put_header(response, "Referrer-Policy", "no-referrer");
    put_header(response, "Cross-Origin-Resource-Policy", "same-origin");
    put_header(response, "Cross-Origin-Opener-Policy", "same-origin");
    put_header(response, "Permissions-Policy", "camera=(), microphone=(), geolocation=()");
    put_header(response, "Cache-Control", "no-store");
}

static result send_response(struct MHD_Connection *connection, unsigned status,
                            struct MHD_Response *response)
{
    if (!response)
        return MHD_NO;
    const result done = MHD_queue_response(connection, status, response);
    MHD_destroy_response(response);
    return done;
}

static result send_words(struct MHD_Connection *connection, unsigned status, const char *words)
{
    struct MHD_Response *const response = MHD_create_response_from_buffer(
        strlen(words), (void *)(uintptr_t)words, MHD_RESPMEM_MUST_COPY);

    if (response) {
        put_headers(response, "text/plain; charset=utf-8", PAGE_POLICY);
        if (status == MHD_HTTP_METHOD_NOT_ALLOWED)
            put_header(response, "Allow", "GET, HEAD");
    }
    return send_response(connection, status, response);
}

/* The text's memory goes with the answer. */
static struct MHD_Response *response_of(nc_str *text)
{
    const size_t len = text->len;
    char *const bytes = nc_str_take(text);

    return MHD_create_response_from_buffer(len, bytes, MHD_RESPMEM_MUST_FREE);
}

/* ---- who may ask --------------------------------------------------------------------------- */

/* Whether an authority is one of the names that this machine has for itself, with our port. */
static bool is_own_name(const nc_server *server, const char *authority)
{
    static const char *const names[] = {"127.0.0.1", "localhost"};
    char own[64];

    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        snprintf(own, sizeof(own), "%s:%u", names[i], (unsigned)server->port);
        if (strcasecmp(authority, own) == 0)
            return true;
        if (server->port == 80 && strcasecmp(authority, names[i]) == 0)
            return true;
    }
    return false;
}

/*
 * A page of strangers can make the browser ask for anything on this machine (and give our address a
 * name of theirs): the Host is checked against that, Origin and Sec-Fetch-Site where they are sent.
 */
static bool is_welcome(const nc_server *server, struct MHD_Connection *connection)
{
    static const char scheme[] = "http://";
    const char *const host = MHD_lookup_connection_value(connection, MHD_HEADER_KIND, "Host");
    const char *const origin = MHD_lookup_connection_value(connection, MHD_HEADER_KIND, "Origin");
    const char *const site =
        MHD_lookup_connection_value(connection, MHD_HEADER_KIND, "Sec-Fetch-Site");

    if (!host || !is_own_name(server, host))
        return false;
    if (origin && (strncmp(origin, scheme, sizeof(scheme) - 1) != 0 ||
                   strcasecmp(origin + sizeof(scheme) - 1, host) != 0))
        return false;
    return !site || strcmp(site, "same-origin") == 0 || strcmp(site, "none") == 0;
}

/* ---- changes, as they happen --------------------------------------------------------------- */

typedef struct stream {
    nc_server *server;
    unsigned long told; /* the version that this page knows; 0: none */
    char text[64];
    size_t len, at;
} stream;

/* Waits for the next version or the next ping; false when the server ends. */
static bool wait_for_news(stream *s)
{
    nc_server *const server = s->server;
    struct timespec until;
    bool goes_on;

    (void)clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += PING_SECONDS;
    (void)pthread_mutex_lock(&server->mutex);
    while (!server->stopping && s->told == server->version &&
           pthread_cond_timedwait(&server->changed, &server->mutex, &until) == 0)
        continue;
    goes_on = !server->stopping;
    const bool news = s->told != server->version;
    s->told = server->version;
    (void)pthread_mutex_unlock(&server->mutex);
    s->at = 0;
    s->len = (size_t)snprintf(s->text, sizeof(s->text),
                              news ? "event: change\ndata: %lu\n\n" : ": %lu\n\n", s->told);
    return goes_on;
}

static ssize_t read_stream(void *payload, uint64_t position, char *out, size_t max)
{
    stream *const s = payload;

    (void)position;
    if (s->at == s->len && !wait_for_news(s))
        return MHD_CONTENT_READER_END_OF_STREAM;
    const size_t len = s->len - s->at < max ? s->len - s->at : max;
    memcpy(out, s->text + s->at, len);
    s->at += len;
    return (ssize_t)len;
}

static void end_stream(void *payload)
{
    stream *const s = payload;

    (void)pthread_mutex_lock(&s->server->mutex);
    s->server->streams--;
    (void)pthread_mutex_unlock(&s->server->mutex);
    free(s);
}

static result send_stream(nc_server *server, struct MHD_Connection *connection)
{
    stream *s;
    bool full;

    (void)pthread_mutex_lock(&server->mutex);
    full = server->streams >= STREAMS;
    server->streams += full ? 0 : 1;
    (void)pthread_mutex_unlock(&server->mutex);
    if (full)
        return send_words(connection, MHD_HTTP_SERVICE_UNAVAILABLE, "too many pages\n");
    s = nc_alloc_must(sizeof(*s));
    *s = (stream){.server = server};
    struct MHD_Response *const response = MHD_create_response_from_callback(
        MHD_SIZE_UNKNOWN, sizeof(s->text), read_stream, s, end_stream);
    if (!response)
        end_stream(s);
    else
        put_headers(response, "text/event-stream", PAGE_POLICY);
    return send_response(connection, MHD_HTTP_OK, response);
}

/* ---- the site ------------------------------------------------------------------------------ */

/* NULL for what is not there, and for a value with a NUL in it, which is no text. */
static const char *argument(struct MHD_Connection *connection, const char *name)
{
    const char *value = NULL;
    size_t len = 0;

    (void)MHD_lookup_connection_value_n(connection, MHD_GET_ARGUMENT_KIND, name, strlen(name),
                                        &value, &len);
    return value && strlen(value) == len ? value : NULL;
}

static bool read_wish(nc_site_wish *wish, struct MHD_Connection *connection)
{
    const char *const number = argument(connection, "n");
    const char *const theme = argument(connection, "theme");
    char *end = NULL;

    *wish = (nc_site_wish){.path = argument(connection, "path"), .diagram = 1};
    if (theme && theme[0])
        wish->theme = theme;
    if (number) {
        const unsigned long n = strtoul(number, &end, 10);
        if (end == number || *end || n < 1 || n > 1000000)
            return false;
        wish->diagram = n;
    }
    return wish->path && wish->path[0];
}

static result send_list(nc_server *server, struct MHD_Connection *connection)
{
    nc_str text = {0};

    nc_site_list(&text, server->site);
    struct MHD_Response *const response = response_of(&text);
    if (response)
        put_headers(response, "application/json", PAGE_POLICY);
    return send_response(connection, MHD_HTTP_OK, response);
}

static result send_description(nc_server *server, struct MHD_Connection *connection)
{
    nc_site_wish wish;
    nc_str text = {0};

    if (!read_wish(&wish, connection) ||
        nc_site_describe(&text, server->site, &wish) == NC_SITE_NONE) {
        nc_str_release(&text);
        return send_words(connection, MHD_HTTP_NOT_FOUND, "there is no such diagram\n");
    }
    struct MHD_Response *const response = response_of(&text);
    if (response)
        put_headers(response, "application/json", PAGE_POLICY);
    return send_response(connection, MHD_HTTP_OK, response);
}

/* "attachment; filename=…" of safe characters alone. */
static void put_name(struct MHD_Response *response, const nc_site_wish *wish, const char *suffix)
{
    const char *const slash = strrchr(wish->path, '/');
    const char *const name = slash ? slash + 1 : wish->path;
    const char *const dot = strrchr(name, '.');
    const size_t len = dot ? (size_t)(dot - name) : strlen(name);
    nc_str value = {0};

    nc_str_puts(&value, "attachment; filename=\"");
    for (size_t i = 0; i < len; i++) {
        const char c = name[i];
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                           (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
        nc_str_char(&value, plain ? c : '_');
    }
    nc_str_fmt(&value, "-%zu%s\"", wish->diagram, suffix);
    put_header(response, "Content-Disposition", value.ptr);
    nc_str_release(&value);
}

static result send_picture(nc_server *server, struct MHD_Connection *connection,
                           nacre_format format)
{
    nc_site_wish wish;
    nc_str text = {0};
    nc_site_answer answer = NC_SITE_NONE;
    const bool png = format == NACRE_PNG;

    if (read_wish(&wish, connection)) {
        wish.format = format;
        answer = nc_site_draw(&text, server->site, &wish);
    }
    if (answer != NC_SITE_OK) {
        nc_str_release(&text);
        return answer == NC_SITE_NONE
                   ? send_words(connection, MHD_HTTP_NOT_FOUND, "there is no such diagram\n")
                   : send_words(connection, 422, "the diagram has errors\n");
    }
    struct MHD_Response *const response = response_of(&text);
    if (response) {
        put_headers(response, png ? "image/png" : "image/svg+xml", PICTURE_POLICY);
        if (argument(connection, "download"))
            put_name(response, &wish, png ? ".png" : ".svg");
    }
    return send_response(connection, MHD_HTTP_OK, response);
}

static result send_asset(struct MHD_Connection *connection, const char *url)
{
    const nc_asset *const asset = nc_asset_find(url);

    if (!asset)
        return send_words(connection, MHD_HTTP_NOT_FOUND, "there is nothing here\n");
    struct MHD_Response *const response =
        MHD_create_response_from_buffer((size_t)(asset->end - asset->start),
                                        (void *)(uintptr_t)asset->start, MHD_RESPMEM_PERSISTENT);
    if (response)
        put_headers(response, asset->type, PAGE_POLICY);
    return send_response(connection, MHD_HTTP_OK, response);
}

static result answer(void *payload, struct MHD_Connection *connection, const char *url,
                     const char *method, const char *version, const char *upload,
                     size_t *upload_size, void **state)
{
    nc_server *const server = payload;

    (void)version;
    (void)upload;
    (void)state;
    if (!is_welcome(server, connection))
        return send_words(connection, MHD_HTTP_FORBIDDEN,
                          "this server talks to its own page only\n");
    if ((strcmp(method, "GET") != 0 && strcmp(method, "HEAD") != 0) || *upload_size)
        return send_words(connection, MHD_HTTP_METHOD_NOT_ALLOWED, "GET and HEAD only\n");
    if (strcmp(url, "/api/list") == 0)
        return send_list(server, connection);
    if (strcmp(url, "/api/diagram") == 0)
        return send_description(server, connection);
    if (strcmp(url, "/api/events") == 0)
        return send_stream(server, connection);
    if (strcmp(url, "/svg") == 0)
        return send_picture(server, connection, NACRE_SVG);
    if (strcmp(url, "/png") == 0)
        return send_picture(server, connection, NACRE_PNG);
    return send_asset(connection, url);
}

/* ---- start and end ------------------------------------------------------------------------- */

nc_server *nc_server_start(const nc_site *site, uint16_t port)
{
    nc_server *const server = nc_alloc_must(sizeof(*server));
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};

    *server = (nc_server){.site = site, .version = 1, .port = port};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    (void)pthread_mutex_init(&server->mutex, NULL);
    (void)pthread_cond_init(&server->changed, NULL);
    errno = 0;
    server->daemon = MHD_start_daemon(
        MHD_USE_THREAD_PER_CONNECTION | MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_POLL, port, NULL,
        NULL, answer, server, MHD_OPTION_SOCK_ADDR, (struct sockaddr *)&address,
        MHD_OPTION_CONNECTION_LIMIT, (unsigned)CONNECTIONS, MHD_OPTION_CONNECTION_TIMEOUT,
        (unsigned)IDLE_SECONDS, MHD_OPTION_END);
    if (!server->daemon) {
        const int why = errno ? errno : EADDRINUSE;
        nc_server_stop(server);
        errno = why;
        return NULL;
    }
    const union MHD_DaemonInfo *const info =
        MHD_get_daemon_info(server->daemon, MHD_DAEMON_INFO_BIND_PORT);
    if (info && info->port)
        server->port = info->port;
    return server;
}

uint16_t nc_server_port(const nc_server *server)
{
    return server->port;
}

static void tell(nc_server *server, bool stopping)
{
    (void)pthread_mutex_lock(&server->mutex);
    server->version++;
    server->stopping = stopping;
    (void)pthread_cond_broadcast(&server->changed);
    (void)pthread_mutex_unlock(&server->mutex);
}

void nc_server_change(nc_server *server)
{
    tell(server, false);
}

void nc_server_stop(nc_server *server)
{
    if (!server)
        return;
    tell(server, true);
    if (server->daemon)
        MHD_stop_daemon(server->daemon);
    (void)pthread_cond_destroy(&server->changed);
    (void)pthread_mutex_destroy(&server->mutex);
    free(server);
}
