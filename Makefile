# `make` or `make help` lists what there is to run.

.DEFAULT_GOAL := help
.PHONY: help run demo test check bench bench-window bench-vision profile report windows windows-demo wine fuzz torture assets gallery screenshots
MAKEFLAGS += --no-print-directory

# Fyne 2.8 without the locks of its old threading model (FyneApp.toml's fyneDo).
TAGS := -tags migrated_fynedo

# A program under the race detector waits a second at its end; tests start hundreds.
GORACE := atexit_sleep_ms=50

BUILD_PACKAGES := gcc pkg-config libgl1-mesa-dev libx11-dev libxcursor-dev libxrandr-dev libxinerama-dev \
	libxi-dev libxxf86vm-dev libwayland-dev libxkbcommon-dev libasound2-dev
# What the tests need besides: a display, someone who types, the printed sheet as
# a picture, system calls that fail.
TEST_PACKAGES := xvfb xdotool libgl1-mesa-dri x11-xkb-utils poppler-utils strace
# The best free readers beside ours.
PEER_PACKAGES := zbar-tools zxing-cpp-tools
WINDOWS_PACKAGES := gcc-mingw-w64-x86-64 g++-mingw-w64-x86-64 zip unzip

# What draws letters is not watched for races: watched, it takes a third of the window's
# tests' time. It has no goroutines. Nothing that has a sync.Map or an atomic.Pointer may
# be in this list: its copies of generic code would be those of the whole program, and
# what they synchronise would look like races.
LETTERS := github.com/go-text golang.org/x/image github.com/srwiley
RACE := -race -pgo=off $(foreach p,$(LETTERS),-gcflags=$(p)/...=-race=false)

# How tests are run.
TESTED := .ci/scrubbed env CGO_ENABLED=1 PKIDSTATION_REQUIRE_WINDOW=1 GORACE=$(GORACE) \
	go test $(RACE) $(TAGS) -timeout 30m
# Long tests that wait for nobody, and run beside the window's.
PATIENT := ./queue
# The packages whose tests take longest begin first: none is left to run alone.
LONGEST := ./ui ./queue/upload ./cmd/pkidctl

# What make test builds; make check builds the others, which take a minute each.
PKIDCTL_TARGETS := linux/amd64 windows/amd64
PKIDCTL_OTHERS := linux/arm64 windows/arm64
WINDOWS_ZIP := pkidstation-windows-amd64

# The README's pictures of the window, and the states that they show.
SCREENSHOTS := dock=dock-accepted queue=queue-rejected removal=removal-ask orders=orders-all trial=trial-to-change
# Those of the first day, and the pictures that the test of it takes.
DAY := ready=7-done seen=9-seen held=10-held release=13-release refused=15-refused morning=18-morning
COMMA := ,
EMPTY :=
SPACE := $(EMPTY) $(EMPTY)

FUZZTIME ?= 60s
LINT := go tool -modfile=.ci/tools.mod golangci-lint

# Where git does not answer (an unpacked archive, a folder of another user) the
# build must not insist on stamping the revision.
ifeq ($(shell git rev-parse HEAD 2>/dev/null),)
export GOFLAGS := $(strip $(GOFLAGS) -buildvcs=false)
endif

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-13s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))

run: ## build and start the station; without a display, the demo in the terminal
	@.ci/window $(BUILD_PACKAGES)

demo: ## the main job in the terminal, on built-in samples and a simulated Partner Center
	@CGO_ENABLED=0 go run ./cmd/pkidctl demo

test: ## every test, the window's included, after cross builds and the demo
	@.ci/packages $(BUILD_PACKAGES) $(TEST_PACKAGES)
	@# One package of OpenGL takes cgo two minutes of one processor: the other builds the rest.
	@CGO_ENABLED=1 go build -p 2 $(RACE) $(TAGS) ./...
	$(call build,$(PKIDCTL_TARGETS))
	@.ci/scrubbed $(MAKE) run </dev/null
	@# The window goes before all else: a scan typed by fits and starts is a hand's. What
	@# runs beside it takes what it leaves, which is more than a processor.
	@.ci/beside "$(TESTED) $(PATIENT)" $(TESTED) ./cmd/pkidstation
	@$(TESTED) -p 2 $(LONGEST) $$(go list $(TAGS) ./... | grep -vx $(foreach p,./cmd/pkidstation $(PATIENT),-e $(subst ./,pkidstation/,$(p))))

# build TARGETS builds pkidctl for each of them.
define build
	@for target in $(1); do \
		echo "build pkidctl $$target"; \
		CGO_ENABLED=0 GOOS=$${target%/*} GOARCH=$${target#*/} go build -pgo=off -p 2 -o /dev/null ./cmd/pkidctl || exit 1; \
	done
endef

check: ## format, vet, module file and lint: clean before every commit
	@.ci/packages $(BUILD_PACKAGES)
	$(LINT) fmt --diff
	go vet $(TAGS) ./...
	go vet $(TAGS),peers ./queue
	go mod tidy -diff
	$(LINT) run
	$(call build,$(PKIDCTL_OTHERS))

bench: ## the benchmarks
	go test -tags peers -run '^$$' -bench . -benchmem \
		$$(grep -rl --include='*_test.go' '^func Benchmark' . | xargs -n 1 dirname | sort -u)

BENCH_WINDOW ?= 100000

bench-window: ## the station in its window with BENCH_WINDOW entries (100000) and no network, measured
	@.ci/packages $(BUILD_PACKAGES) $(TEST_PACKAGES)
	@.ci/scrubbed env CGO_ENABLED=1 PKIDSTATION_REQUIRE_WINDOW=1 PKIDSTATION_BENCH_WINDOW=$(BENCH_WINDOW) \
		go test $(TAGS) -count 1 -timeout 1h -v -run TestFiguresOfTheDock ./cmd/pkidstation

VISION_FRAMES ?= 4
VISION_CORPUS ?= $(wildcard ../shared/corpus)

bench-vision: ## how well frames of labels are read, beside zbar, zxing-cpp and plain gozxing; VISION_FRAMES (4) of a kind
	@.ci/packages $(PEER_PACKAGES)
	@mkdir -p assets/figures
	@CGO_ENABLED=0 go run -pgo=$(PROFILE) ./cmd/internal/visionbench --frames $(VISION_FRAMES) --corpus '$(VISION_CORPUS)' \
		--picture assets/figures/vision.png --readme README.md

# What both programs are built for: go build takes a default.pgo by itself. The tests
# do without, as they would be built once more for each program.
PROFILE := cmd/pkidstation/default.pgo

profile: ## record what reading pictures takes its time with, for the compiler
	@CGO_ENABLED=0 go test -pgo=off -run '^$$' -bench '^BenchmarkFrames$$' -benchtime 20s -o /dev/null \
		-cpuprofile '$(CURDIR)/$(PROFILE)' ./scanner/vision
	@cp $(PROFILE) cmd/pkidctl/default.pgo

report: ## sizes, test share and documented share beside the model codebases
	@CGO_ENABLED=0 go run ./cmd/internal/report

fuzz: ## every fuzz target for FUZZTIME (60s) each
	@.ci/fuzz $(FUZZTIME)

torture: ## the tests in their long forms
	@.ci/packages $(BUILD_PACKAGES) $(TEST_PACKAGES)
	@.ci/scrubbed env CGO_ENABLED=1 PKIDSTATION_REQUIRE_WINDOW=1 PKIDSTATION_TORTURE=1 GORACE=$(GORACE) \
		go test -p 2 -race -pgo=off $(TAGS) -count 1 -timeout 3h ./...

windows: ## dist/pkidstation-windows-amd64.zip with static executables of both commands
	@.ci/packages $(WINDOWS_PACKAGES)
	@rm -rf dist/$(WINDOWS_ZIP) dist/$(WINDOWS_ZIP).zip
	@mkdir -p dist/$(WINDOWS_ZIP)
	CGO_ENABLED=0 GOOS=windows GOARCH=amd64 \
		go build -trimpath -ldflags '-s -w' -o dist/$(WINDOWS_ZIP)/pkidctl.exe ./cmd/pkidctl
	CGO_ENABLED=1 GOOS=windows GOARCH=amd64 CC=x86_64-w64-mingw32-gcc CXX=x86_64-w64-mingw32-g++ \
		go build $(TAGS) -trimpath -ldflags '-H windowsgui -s -w -extldflags=-static' \
		-o dist/$(WINDOWS_ZIP)/pkidstation.exe ./cmd/pkidstation
	@cp LICENSE README.md CHANGELOG.md dist/$(WINDOWS_ZIP)/
	@cd dist && zip -q -r $(WINDOWS_ZIP).zip $(WINDOWS_ZIP)
	@echo "dist/$(WINDOWS_ZIP).zip"

wine: ## build pkidctl.exe and run its demo under wine, where wine can be installed
	@mkdir -p dist
	@CGO_ENABLED=0 GOOS=windows GOARCH=amd64 go build -o dist/pkidctl.exe ./cmd/pkidctl
	@.ci/windows-demo dist/pkidctl.exe

windows-demo: ## run the zip's pkidctl.exe demo under wine, where wine can be installed
	@.ci/packages unzip
	@[ -f dist/$(WINDOWS_ZIP).zip ] || $(MAKE) windows
	@.ci/windows-demo dist/$(WINDOWS_ZIP).zip

gallery: ## every screen, state and language as a picture, in dist/gallery
	@CGO_ENABLED=0 go run $(TAGS) ./cmd/gallery --out dist/gallery

screenshots: ## the README's pictures of the window, drawn anew
	@CGO_ENABLED=0 go run $(TAGS) ./cmd/gallery --out dist/screenshots --size 1280x800 \
		--only $(subst $(SPACE),$(COMMA),$(sort $(foreach s,$(SCREENSHOTS),$(lastword $(subst =, ,$(s))))))
	@for s in $(SCREENSHOTS); do for l in en fr; do \
		[ ! -e assets/screenshots/$${s%%=*}-$$l.png ] || cp dist/screenshots/$${s#*=}-$$l.png assets/screenshots/$${s%%=*}-$$l.png; \
	done; done
	@.ci/packages $(BUILD_PACKAGES) $(TEST_PACKAGES)
	@.ci/scrubbed env CGO_ENABLED=1 PKIDSTATION_REQUIRE_WINDOW=1 PKIDSTATION_SCREENSHOTS=$(CURDIR)/dist/screenshots \
		go test $(TAGS) -count 1 -run TestADayInAWindow ./cmd/pkidstation
	@for s in $(DAY); do cp dist/screenshots/day-$${s#*=}.png assets/screenshots/day-$${s%%=*}-fr.png; done

assets: ## draw the sample labels and pictures in assets anew
	go generate ./assets/...
