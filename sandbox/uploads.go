package sandbox

import "net/http"

// uploadLimit is the largest upload, in bytes.
const uploadLimit = 10 << 20

// uploadOperations refuse as an instance without object storage does.
func uploadOperations() []operation {
	return []operation{
		{method: put, path: "/api/task/image-upload/{id}", scope: oneTask, needs: "task:update", run: startUpload,
			body: shape{must("filename", text), must("contentType", text), must("size", number), must("surface", oneOf("description", "comment"))}},
		{method: get, path: "/api/asset/{id}", run: getAsset},
	}
}

func startUpload(_ *Kaneo, c *call) (any, error) {
	switch size := input[struct{ Size float64 }](c).Size; {
	case size <= 0:
		return nil, bad("Upload size must be greater than zero.")
	case size > uploadLimit:
		return nil, bad("Upload exceeds the maximum upload size of 10MB.")
	}
	return nil, refuse(http.StatusServiceUnavailable, "S3 uploads are not configured. Set S3_ENDPOINT and S3_BUCKET "+
		"(and either both S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY, or neither to use the default AWS credential provider chain / IAM role).")
}

func getAsset(*Kaneo, *call) (any, error) { return nil, missing("Asset") }
