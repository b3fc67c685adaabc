# docker build -t factbot . && docker run --env-file .env -p 3000:3000 factbot
FROM python:3.12-slim AS build
COPY . /src
RUN pip wheel --no-cache-dir --wheel-dir /wheels "/src[mcp]"

FROM python:3.12-slim
RUN --mount=type=bind,from=build,source=/wheels,target=/wheels \
    pip install --no-cache-dir --no-index --find-links /wheels "factbot[mcp]" \
    && useradd --system --create-home factbot \
    && mkdir /data && chown factbot /data
USER factbot
ENV DATABASE_URL=sqlite:////data/factbot.db PORT=3000
VOLUME /data
EXPOSE 3000
CMD ["factbot", "serve"]
